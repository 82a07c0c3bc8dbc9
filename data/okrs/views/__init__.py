"""The frozen shapes in which pages get objectives and key results."""
