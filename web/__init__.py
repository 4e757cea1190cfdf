"""Pages, forms, sessions and words: asks the services, renders one template or sends the reader on."""
