"""领导值日: which leader answers for the hall on which day."""
