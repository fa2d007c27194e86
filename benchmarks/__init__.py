"""How fast Remit is, beside other servers over the same rows. See README.md in this folder."""
