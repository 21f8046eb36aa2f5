using Microsoft.CodeAnalysis;
using ModelGen.Generator.Tests.Harness;

namespace ModelGen.Generator.Tests.Robustness;

/// <summary>Names of the user's never break the generated code.</summary>
public sealed class HostileNameTests
{
    [Theory]
    [InlineData("namespace System.Runtime { [Model, Input(2), Dense(1), MeanSquaredError] public partial class Vector512; }")]
    [InlineData("public class Unsafe; public class Vector512; public class Lanes; public class MathF; [Model, Input(2), Dense(1), Tanh, BatchNorm, MeanSquaredError] public partial class Net;")]
    [InlineData("namespace Math { namespace Global { public class System; [Model, Input(2), Dense(1), MeanSquaredError] public partial class MathF; } }")]
    [InlineData("[Model, Input(2, Name = \"class\"), Dense(1, Name = \"new\"), MeanSquaredError] public partial class @event;")]
    [InlineData("public partial class @class { private partial struct Inner { [Model, Input(2), Dense(1), MeanSquaredError] private partial class Model; } }")]
    [InlineData("[Model, Input(2, Name = \"turn\"), Dense(1), MeanSquaredError] public partial class Net;")]
    [InlineData("[Model, Input(2, Name = \"Bind\"), Dense(1), MeanSquaredError] public partial class Net;")]
    [InlineData("[Model, Input(2), Dense(1), MeanSquaredError] public partial class Net; [Model, Input(3), Dense(1), MeanSquaredError] public partial class NET;")]
    [InlineData("[Model, Input(2), Dense(4, Name = \"unsafe\"), Tanh(Name = \"kernels\"), Dense(3, Name = \"_1\"), Dense(3, Name = \"vector512\"), Dense(1, Name = \"_\"), MeanSquaredError] public partial class Net;")]
    [InlineData("[Model, Input(2), Dense(1), MeanSquaredError] public partial class Net { [Model, Input(2), Dense(1), MeanSquaredError] public partial class Kernels; }")]
    public void TheGeneratedCodeCompiles(string source)
    {
        Compiling.Generate(Compiling.Compile(source), new ModelGenerator(), out var output);
        Assert.Empty(output.GetDiagnostics().Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error));
        Assert.True(output.SyntaxTrees.Count() > 1, "Nothing was generated.");
    }
}
