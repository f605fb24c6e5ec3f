/**
 * Buttons that copy the text of a field. Without this script, or where the
 * browser lets no page copy, they stay hidden, and people copy by hand.
 */

if (navigator.clipboard) {
  document.querySelectorAll("button[data-copy]").forEach((button) => {
    const field = document.getElementById(button.dataset.copy);
    const status = button.nextElementSibling;
    button.hidden = false;
    button.addEventListener("click", async () => {
      field.select();
      status.textContent = "";
      try {
        await navigator.clipboard.writeText(field.value);
        status.textContent = status.dataset.copied;
      } catch {
        // The text is selected, so that the keyboard can copy it.
        field.focus();
      }
    });
  });
}
