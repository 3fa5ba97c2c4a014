"""The tables of the first revision, by what they are about; they stand as they were, whatever becomes of the models."""
