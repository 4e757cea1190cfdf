"""The post office: what a person is told, in the app and by mail."""
