"""Aanbod of aanbieders: what they offer, judged by a validator, so that who was there need not be judged again."""
