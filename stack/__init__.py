"""The room that runs everything: the embedded servers, the supervisor, topic creation and the command line."""
