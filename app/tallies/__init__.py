"""What is counted, and answers that people chose to share: never who, and nothing that the person did not hand over."""
