"""What a program may be let do, by the scopes of its token; those that every service knows are the roster's."""

SIGN_IN, NOTIFY, SET_UP, WEBHOOKS_INSIDE = "sign_in", "notify", "set_up", "webhooks_inside"
