namespace ModelGen.Tests.Oracles;

/// <summary>Golden numbers that are too many for text: safetensors files in single precision.</summary>
internal static class GoldenTensors
{
    /// <summary>The tensors of one file by name, such as <c>resnet20</c>.</summary>
    public static Dictionary<string, double[]> Read(string name)
    {
        using var reader = new SafetensorsReader(Path.Combine(AppContext.BaseDirectory, "Goldens", name + ".safetensors"));
        var tensors = reader.Header.Tensors.Values.ToDictionary(tensor => tensor.Name, tensor => new float[(tensor.End - tensor.Begin) / sizeof(float)]);
        reader.Read(tensors.ToDictionary(tensor => tensor.Key, tensor => tensor.Value.AsMemory()));
        return tensors.ToDictionary(tensor => tensor.Key, tensor => Array.ConvertAll(tensor.Value, value => (double)value));
    }
}
