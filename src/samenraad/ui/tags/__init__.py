"""The template tags, by subject; samenraad/ui/templatetags/ui.py puts them together and explains them."""
