using Xunit;

namespace ModelGen.Tests.Numeric;

/// <summary>
/// Models that are compiled together, when the first of them is wanted. Where that fails each is compiled by itself, so that
/// only the test of the model at fault fails.
/// </summary>
internal sealed class ModelGroup
{
    private readonly string[] _layers;
    private readonly Lazy<Dictionary<string, Lazy<CompiledModel>>> _models;

    /// <param name="layers">The attributes of each model.</param>
    public ModelGroup(params IEnumerable<string> layers)
    {
        _layers = [.. layers.Distinct()];
        _models = new Lazy<Dictionary<string, Lazy<CompiledModel>>>(LoadAll);
    }

    /// <summary>The attributes of each model, as a theory takes them.</summary>
    public TheoryData<string> Theory => [.. _layers];

    /// <summary>The compiled model.</summary>
    public CompiledModel this[string layers] =>
        (_models.Value.TryGetValue(layers, out var model) ? model : CompiledModels.Load([layers])[0]).Value;

    /// <summary>Fails with all that differs between the model and the oracle.</summary>
    public void Check(string layers, Tolerance? tolerance = null, int[]? sampleCounts = null)
    {
        if (ModelComparison.Differences(this[layers], tolerance, sampleCounts) is { } differences)
        {
            Assert.Fail(differences);
        }
    }

    private Dictionary<string, Lazy<CompiledModel>> LoadAll()
    {
        try
        {
            return _layers.Zip(CompiledModels.Load(_layers)).ToDictionary(pair => pair.First, pair => pair.Second);
        }
        catch (InvalidOperationException)
        {
            return [];
        }
    }
}
