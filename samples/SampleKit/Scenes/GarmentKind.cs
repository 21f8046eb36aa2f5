namespace SampleKit;

/// <summary>
/// What the garments of a scene are told apart as. T-shirts, pullovers, coats and shirts, which people confuse as well at this
/// size (the best networks are right in four of five), are one kind here: tops.
/// </summary>
public static class GarmentKind
{
    /// <summary>The names of the kinds.</summary>
    public static IReadOnlyList<string> Names { get; } = ["Top", "Trouser", "Dress", "Sandal", "Sneaker", "Bag", "Ankle boot"];

    /// <summary>The number of kinds.</summary>
    public const int Count = 7;

    // By Fashion-MNIST's classes, T-shirt first.
    private static ReadOnlySpan<byte> KindOfClass => [0, 1, 0, 2, 0, 3, 0, 4, 5, 6];

    /// <summary>The kind of a class of Fashion-MNIST.</summary>
    public static int Of(int fashionClass) => KindOfClass[fashionClass];
}
