using System.Globalization;
using System.Reflection;
using ModelGen.Generator.Graph;
using ModelGen.Generator.Layers;
using ModelGen.Generator.Parsing;
using ModelGen.Generator.Passes;
using ModelGen.Generator.Specs;

namespace ModelGen.Generator.Tests.Layers;

/// <summary>That library and generator speak of the same layers with the same defaults.</summary>
public sealed class LayerCatalogTests
{
    /// <summary>Arguments for the constructor parameters without a default of their own, and the properties that must be set.</summary>
    private static readonly Dictionary<string, int> s_arguments = new()
    {
        ["filters"] = 2,
        ["kernel"] = 2,
        ["size"] = 2,
        ["units"] = 2,
        ["heads"] = 1,
        ["scale"] = 2,
        ["groups"] = 2,
        ["length"] = 3,
        ["features"] = 3,
        ["Vocabulary"] = 5,
    };

    private static readonly Type[] s_attributes =
        [.. typeof(LayerAttribute).Assembly.GetExportedTypes().Where(type => type.IsSubclassOf(typeof(LayerAttribute)) && !type.IsAbstract)];

    public static TheoryData<Type> Attributes => [.. s_attributes];

    [Fact]
    public void EveryAttributeIsALayer() => Assert.Equal(
        s_attributes.Select(ShortName).Order(), LayerCatalog.Attributes.Order());

    [Theory]
    [MemberData(nameof(Attributes))]
    public void DefaultsWrittenOutChangeNothing(Type attribute)
    {
        var constructor = attribute.GetConstructors().OrderBy(candidate => candidate.GetParameters().Length).First();
        var positional = constructor.GetParameters().Select(parameter => (
            parameter.Name!,
            Value: parameter.HasDefaultValue ? parameter.DefaultValue!
                : parameter.ParameterType == typeof(int) ? s_arguments[parameter.Name!]
                : parameter.ParameterType == typeof(double) ? 0.5
                : parameter.ParameterType == typeof(double[]) ? new[] { 0.2, 0.3 }
                : parameter.ParameterType == typeof(string) ? "x"
                : parameter.Name == "axes" ? new[] { 0, 2, 1 } : (object)new[] { 3, 4, 4 })).ToList();
        var instance = constructor.Invoke([.. positional.Select(argument => argument.Value)]);
        var defaults = attribute.GetProperties()
            .Where(property => property.SetMethod is not null && property.GetValue(instance) is not null)
            .Select(property => (property.Name, Value: s_arguments.TryGetValue(property.Name, out var given) ? given : property.GetValue(instance)!))
            .Where(property => !(instance is PoolingAttribute && property.Name == "Stride"));

        var required = positional.Where(argument => !constructor.GetParameters().Single(parameter => parameter.Name == argument.Item1).HasDefaultValue)
            .Concat(defaults.Where(property => s_arguments.ContainsKey(property.Name)));
        Assert.Equal(Describe(attribute, required), Describe(attribute, positional.Concat(defaults)));
    }

    /// <summary>The network of the layer alone: shapes, parameters and the training graph.</summary>
    private static string Describe(Type attribute, IEnumerable<(string Name, object Value)> arguments)
    {
        var layer = new LayerSpec(ShortName(attribute), arguments.Select(argument => new ArgumentSpec(argument.Name, Value(argument.Value))).ToEquatableArray());
        var input = layer.Attribute switch
        {
            "Embedding" => new LayerSpec("Tokens", new EquatableArray<ArgumentSpec>([new("length", Value(3)), new("Vocabulary", Value(5))])),
            "SimpleRNN" or "LSTM" or "GRU" or "Last" or "MeanOverTime" or "Attention" or "MultiHeadAttention" or "PositionalEncoding" or "CTC" => new LayerSpec("Sequence", new EquatableArray<ArgumentSpec>([new("length", Value(3)), new("features", Value(3))])),
            _ => new LayerSpec("Input", new EquatableArray<ArgumentSpec>([new("shape", Value(InputShape(layer)))])),
        };
        var label = new LayerSpec("Label", new EquatableArray<ArgumentSpec>([new("value", Value("x"))]));
        var loss = new LayerSpec("MeanSquaredError", EquatableArray<ArgumentSpec>.Empty);
        var isInput = LayerCatalog.Create(layer) is InputLayer;
        var isLoss = LayerCatalog.Create(layer) is LossLayer;
        LayerSpec[] layers = layer.Attribute == "Tokens" ? [layer] : isInput ? [layer, new("ReLU", EquatableArray<ArgumentSpec>.Empty), loss]
            : isLoss ? [input, new("ReLU", EquatableArray<ArgumentSpec>.Empty), layer] : LayerCatalog.Create(layer) is LabelLayer ? [input, new("ReLU", EquatableArray<ArgumentSpec>.Empty), layer, loss]
            : LayerCatalog.Create(layer) is FromLayer ? [input, label, layer, new("ReLU", EquatableArray<ArgumentSpec>.Empty), loss]
            : layer.Attribute == "Embedding" ? [input, layer, loss]
            : [input, label, new("ReLU", EquatableArray<ArgumentSpec>.Empty), layer, loss];
        var result = FrontEnd.Analyze(new ModelSpec("", EquatableArray<TypeSpec>.Empty, "Net", true, layers.ToEquatableArray()));
        if (layer.Attribute == "Tokens")
        {
            return result.Error!.Error.Descriptor.Id;
        }

        Assert.Null(result.Error);
        if (LayerCatalog.Create(layer) is NamingLayer)
        {
            return GraphPrinter.Print(Lower.Run(result.Network!, Mode.Train));
        }

        var node = result.Network!.Nodes.Single(node => ReferenceEquals(node.Layer.Spec, layer));
        var parameters = string.Join("; ", node.Parameters.Select(parameter => parameter.ToString()));
        var labels = node.Layer is LossLayer lossLayer ? $"{lossLayer.IgnoredLabel} {lossLayer.Weight} {lossLayer.ClassWeights}" : "";
        return $"{node.Type} {parameters} {labels}\n{GraphPrinter.Print(Lower.Run(result.Network, Mode.Train))}";
    }

    private static int[] InputShape(LayerSpec layer) => layer.Attribute switch
    {
        "Dense" => [4],
        { } name when name.EndsWith("1D", StringComparison.Ordinal) => [2, 6],
        { } name when name.EndsWith("3D", StringComparison.Ordinal) => [2, 6, 6, 6],
        "Reshape" => [48],
        "Detection" => [7, 3, 4],
        _ => [2, 6, 6],
    };

    private static ArgumentValue Value(object value) => value switch
    {
        int integer => new(Integer: integer),
        Interpolation mode => new(Integer: (int)mode),
        Enum constant => new(Integer: Convert.ToInt32(constant, CultureInfo.InvariantCulture)),
        double number => new(Number: (float)number),
        bool truth => new(Truth: truth),
        string text => new(Text: text),
        double[] numbers => new(Numbers: numbers.Select(number => (float)number).ToEquatableArray()),
        int[] integers => new(Integers: integers.ToEquatableArray()),
        _ => throw new ArgumentException($"A default of type {value.GetType()} is not covered."),
    };

    private static string ShortName(MemberInfo attribute) => attribute.Name[..^"Attribute".Length];
}
