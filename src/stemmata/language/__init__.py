"""What the words of a text tell by lists alone: their normal forms, quantities, how far a text commits itself."""
