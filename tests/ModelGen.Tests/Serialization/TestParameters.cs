using ModelGen.CompilerServices;

namespace ModelGen.Tests.Serialization;

/// <summary>Parameters of a small network, without the network.</summary>
internal static class TestParameters
{
    private static readonly ModelDefinition s_definition = new(
        "Tiny",
        [new InputDefinition("input", [3], 0)],
        [new OutputDefinition("output", [2], OutputKind.Value)],
        [],
        [
            new ParameterDefinition("dense_1.weight", [2, 3], 0, false, DefaultInitializer.UniformFanIn, 3, 2),
            new ParameterDefinition("dense_1.bias", [2], 16, false, DefaultInitializer.UniformFanIn, 3, 2),
            new ParameterDefinition("conv2d_1.weight", [4, 2, 3, 3], 32, false, DefaultInitializer.UniformFanIn, 18, 36),
            new ParameterDefinition("batchnorm_1.weight", [4], 112, false, DefaultInitializer.Ones, 1, 1),
            new ParameterDefinition("batchnorm_1.running_mean", [4], 128, true, DefaultInitializer.Zeros, 1, 1),
        ],
        TrainedWords: 128,
        ParameterWords: 144,
        [],
        new NoProgram(),
        null,
        null);

    public static ParameterSet Create(int seed = 1) => new(s_definition, seed);

    /// <summary>All values, statistics included.</summary>
    public static float[] Values(ParameterSet parameters) => [.. parameters.SelectMany(parameter => parameter.Values.ToArray())];

    private sealed class NoProgram : CompiledProgram
    {
        public override ProgramLayout Layout { get; } = new(1, 0, 0, 0, 1, 1);

        public override void RunBlock(int phase, in BlockContext context)
        {
        }
    }
}
