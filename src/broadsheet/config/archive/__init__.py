"""An invented archive of many thousand stories, for trying a newsroom of a newspaper's size."""
