"""信访的动作: register, accept or guide elsewhere, hand on, answer, follow up."""
