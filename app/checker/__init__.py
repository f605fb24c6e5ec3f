"""The citizen's pages: find a council, answer, see the outcome and its reasons."""
