"""Who is asking: the register of councils, what a council says about itself, and who may frame its pages."""
