namespace ModelGen.Tests.Numeric;

/// <summary>Models that tests write as the text of their attributes.</summary>
internal static class ModelText
{
    /// <summary>All attributes of the class: <c>Model</c> stands before those of the layers, unless the text begins with it to set its options.</summary>
    public static string Attributes(string layers) => layers.StartsWith("Model(", StringComparison.Ordinal) ? layers : "Model, " + layers;
}
