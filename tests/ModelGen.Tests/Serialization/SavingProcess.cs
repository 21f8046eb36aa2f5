using ModelGen.CompilerServices;

namespace ModelGen.Tests.Serialization;

/// <summary>A process that saves a model again and again until it is killed; every save has one number in all places.</summary>
internal static class SavingProcess
{
    /// <summary>The argument that makes this assembly such a process; the path follows.</summary>
    public const string Argument = "save-until-killed";

    private const int Words = 512 * 512;

    private static readonly ModelDefinition s_definition = new(
        "Large",
        [new InputDefinition("input", [512], 0)],
        [new OutputDefinition("output", [512], OutputKind.Value)],
        [],
        [new ParameterDefinition("dense_1.weight", [512, 512], 0, false, DefaultInitializer.Zeros, 512, 512)],
        TrainedWords: Words,
        ParameterWords: Words,
        [],
        new NoProgram(),
        null,
        null);

    public static ParameterSet CreateParameters() => new(s_definition, seed: 0);

    /// <summary>Saves 1, 2, …, and writes a line after the first.</summary>
    public static int Run(string path)
    {
        var parameters = CreateParameters();
        for (var number = 1; ; number++)
        {
            parameters[0].Values.Fill(number);
            ModelFile.Save(path, parameters);
            if (number == 1)
            {
                Console.WriteLine("saved");
            }
        }
    }

    private sealed class NoProgram : CompiledProgram
    {
        public override ProgramLayout Layout { get; } = new(1, 0, 0, 0, 16, 1);

        public override void RunBlock(int phase, in BlockContext context)
        {
        }
    }
}
