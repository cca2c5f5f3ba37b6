"""List pages of sites, whatever system made them: which links are the list, their titles and days. Pure."""
