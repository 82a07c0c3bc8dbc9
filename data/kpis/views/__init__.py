"""The frozen shapes in which pages get KPIs: facts, never words or colours."""
