"""办件的动作: one function a button. The caller owns the transaction."""
