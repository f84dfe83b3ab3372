"""What a site asks of the commands: their answers as pages, and files to take along."""
