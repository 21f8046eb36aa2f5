using ModelGen.Generator.Diagnostics;
using ModelGen.Generator.Tests.Harness;

namespace ModelGen.Generator.Tests.Diagnostics;

/// <summary>Labels, merging layers, outputs and blocks.</summary>
public sealed class GraphDiagnosticTests
{
    private const string Double = "[Conv2D(Block.Width, 3, Padding = Pad.Same), ReLU] public sealed class DoubleAttribute(int width) : BlockAttribute(width); ";

    [Theory]
    [InlineData("[Model, Input(4), Dense(4), Label(\"left\"), Dense(4), Add(\"left\"), Add([|\"lefd\"|])] public partial class Net;", "add_2", "lefd", "did you mean 'left'?")]
    [InlineData("[Model, Input(4), Dense(4), Add([|\"x\"|])] public partial class Net;", "add_1", "x", "no value before it has a label")]
    [InlineData("[Model, Input(4), Dense(4), Add([|\"x\"|]), Label(\"x\"), Dense(4), Add(\"x\")] public partial class Net;", "add_1", "x", "it is given further down, and only values computed before can be taken")]
    [InlineData("[Model, Input(4), Dense(4), Add([|Block.Input|])] public partial class Net;", "add_1", "Block.Input", "Block.Input means something inside of a block only")]
    [InlineData("[Model, Input(4), Label(\"x\"), Dense(4), Add(\"x\"), [|Bad|]] public partial class Net; [Add(\"x\")] public sealed class BadAttribute : BlockAttribute;", "bad_1.add_1", "x", "a block sees its own labels only")]
    [InlineData("[Model, Input(4), Dense(4), Label(\"b\"), Dense(3), Add(\"b\", Project = true), From([|\"c\"|]), Dense(2)] public partial class Net;", "From(\"c\")", "c", "did you mean 'b'?")]
    public Task UnknownLabel(string source, string layer, string label, string hint) => DiagnosticAssert.IsOnlyAsync(
        DiagnosticDescriptors.UnknownLabel, source, $"{layer}: no value before it has the label '{label}'; {hint}");

    [Fact]
    public Task DuplicateLabel() => DiagnosticAssert.IsOnlyAsync(
        DiagnosticDescriptors.DuplicateLabel,
        "[Model, Input(4), Dense(4), Label(\"x\"), Dense(4), Add(\"x\"), Label([|\"x\"|])] public partial class Net;",
        "The label 'x' names another value already; labels are unique");

    [Fact]
    public Task UnusedLabel() => DiagnosticAssert.IsOnlyAsync(
        DiagnosticDescriptors.UnusedLabel,
        "[Model, Input(4), Dense(4), Label([|\"x\"|]), Dense(4)] public partial class Net;",
        "Nothing takes the label 'x'; remove it, or take it with From, Add, Concat or Multiply");

    [Theory]
    [InlineData("[Model, Input(4), Dense(4), Label(\"x\"), [|Dense(3)|], From(\"x\"), Dense(2)] public partial class Net;", "dense_2")]
    [InlineData("[Model, Input(4), [|Lost|]] public partial class Net; [Dense(3), From(Block.Input), Dense(2)] public sealed class LostAttribute : BlockAttribute;", "lost_1.dense_1")]
    public Task ResultNeverUsed(string source, string layer) => DiagnosticAssert.IsOnlyAsync(
        DiagnosticDescriptors.ResultNeverUsed,
        source,
        $"Nothing uses the result of {layer}, because From goes on with another value; give it a Label that is taken, a loss or an Output, or remove it");

    [Theory]
    [InlineData("[Model, Input(4), Dense(3), Label(\"x\"), Dense(2), Add([|\"x\"|])] public partial class Net;", "add_1: cannot add (2) from dense_2 and (3) from dense_1, 'x': the shapes must be equal; Project = true would project one onto the other")]
    [InlineData("[Model, Input(4, 6, 6), Conv2D(3, 1), Label(\"x\"), Conv2D(3, 3), Concat([|\"x\"|])] public partial class Net;", "concat_1: cannot concatenate (3, 4, 4) from conv2d_2 and (3, 6, 6) from conv2d_1, 'x': all extents but the channels must be equal")]
    [InlineData("[Model, Input(4, 6, 6), Label(\"x\"), Flatten, Concat([|\"x\"|])] public partial class Net;", "concat_1: cannot concatenate (144) from flatten_1 and (4, 6, 6) from input, 'x': one is (features), the other (channels, height, width)")]
    [InlineData("[Model, Input(4, 6, 6), Label(\"x\"), GlobalAveragePool, Dense(3), Multiply([|\"x\"|])] public partial class Net;", "multiply_1: cannot multiply (3) from dense_1 and (4, 6, 6) from input, 'x': the shapes must be equal, or one of them one number for each channel")]
    [InlineData("[Model, Input(4, 6, 6), Label(\"x\"), Conv2D(4, 3), Add([|\"x\"|], Project = true)] public partial class Net;", "add_1: cannot add (4, 4, 4) from conv2d_1 and (4, 6, 6) from input, 'x': no stride of a projection leads from the second to the first")]
    [InlineData("[Model, Input(4, 3, 3), Label(\"x\"), Upsample2D(2), Add([|\"x\"|], Project = true)] public partial class Net;", "add_1: cannot add (4, 6, 6) from upsample2d_1 and (4, 3, 3) from input, 'x': no stride of a projection leads from the second to the first")]
    public Task CannotMerge(string source, string message) => DiagnosticAssert.IsOnlyAsync(DiagnosticDescriptors.CannotMerge, source, message);

    [Theory]
    [InlineData("[Model, Input(4), [|Bad(3)|]] public partial class Net; [Dense(Block.Width), MeanSquaredError] public sealed class BadAttribute(int width) : BlockAttribute(width);", "bad_1.mean_squared_error_1")]
    [InlineData("[Model, Input(4), [|Bad(3)|]] public partial class Net; [Input(2), Dense(Block.Width)] public sealed class BadAttribute(int width) : BlockAttribute(width);", "bad_1.input")]
    public Task NotInBlock(string source, string layer) => DiagnosticAssert.IsOnlyAsync(
        DiagnosticDescriptors.NotInBlock, source, $"{layer} stands in a block, which is made of layers between its input and its result; declare it on the model");

    [Fact]
    public Task BlockCycle() => DiagnosticAssert.IsOnlyAsync(
        DiagnosticDescriptors.BlockCycle,
        "[Model, Input(4), [|Outer|]] public partial class Net; [Inner] public sealed class OuterAttribute : BlockAttribute; [Dense(2), Outer] public sealed class InnerAttribute : BlockAttribute;",
        "outer_1.inner_1.outer_1: the block contains itself, Outer → Inner → Outer");

    [Fact]
    public Task BlockArgumentMissing() => DiagnosticAssert.IsOnlyAsync(
        DiagnosticDescriptors.BlockArgumentMissing,
        "[Model, Input(4), [|Bad|]] public partial class Net; [Dense(Block.Units)] public sealed class BadAttribute : BlockAttribute;",
        "bad_1.dense_1 takes Block.Units, but Bad is not given a Units; set Units, or let its constructor have a parameter 'units'");

    [Theory]
    [InlineData("Block.Width / 2", "units")]
    [InlineData("Block.Width + 1", "units")]
    [InlineData("Block.Width + Block.Stride - Block.Width", null)]
    public async Task BlockArithmetic(string argument, string? name)
    {
        var source = $"[Model, Input(4), [|Bad(6)|]] public partial class Net; [Dense(unchecked({argument}))] public sealed class BadAttribute(int width) : BlockAttribute(width);";
        if (name is null)
        {
            // Back where it began: this is Block.Stride again.
            await DiagnosticAssert.IsCleanAsync(source.Replace("[|", "", StringComparison.Ordinal).Replace("|]", "", StringComparison.Ordinal));
            return;
        }

        await DiagnosticAssert.IsOnlyAsync(
            DiagnosticDescriptors.BlockArithmetic,
            source,
            $"bad_1.dense_1: {name} is computed from a constant of Block, which stands for a number that is not known yet; use HalfWidth, QuarterWidth, DoubleWidth or QuadrupleWidth, or another argument");
    }

    [Fact]
    public Task BlockConstantOutside() => DiagnosticAssert.IsOnlyAsync(
        DiagnosticDescriptors.BlockConstantOutside,
        "[Model, Input(4), Dense([|Block.Width|])] public partial class Net;",
        "Dense takes a constant of Block, but stands on a model; these mean something on the class of a block only");

    [Fact]
    public Task EmptyBlock() => DiagnosticAssert.IsOnlyAsync(
        DiagnosticDescriptors.EmptyBlock,
        "[Model, Input(4), [|Bad|]] public partial class Net; public sealed class BadAttribute : BlockAttribute;",
        "bad_1: there are no layers on the class of Bad; annotate it with those it stands for");

    [Fact]
    public Task BlockTooLarge() => DiagnosticAssert.IsOnlyAsync(
        DiagnosticDescriptors.BlockTooLarge,
        "[Model, Input(4), [|B12|]] public partial class Net; [ReLU, ReLU] public sealed class B0Attribute : BlockAttribute; "
            + string.Concat(Enumerable.Range(1, 12).Select(i => $"[B{i - 1}, B{i - 1}] public sealed class B{i}Attribute : BlockAttribute; ")),
        "b12_1.b11_1.b10_1: the block would be more than 2000 layers");

    [Fact]
    public Task WidthDoesNotDivide() => DiagnosticAssert.IsOnlyAsync(
        DiagnosticDescriptors.WidthDoesNotDivide,
        "[Model, Input(4), Bad([|7|])] public partial class Net; [Dense(Block.HalfWidth)] public sealed class BadAttribute(int width) : BlockAttribute(width);",
        "bad_1.dense_1 takes Block.HalfWidth, but the Width 7 is not a multiple of 2");

    [Fact]
    public Task AnErrorInsideOfABlockIsShownAtTheArgumentItComesFrom() => DiagnosticAssert.IsOnlyAsync(
        DiagnosticDescriptors.OutOfRange,
        Double + "[Model, Input(4, 6, 6), Double([|0|])] public partial class Net;",
        "double_1.conv2d_1: filters is 0; it must be at least 1");

    [Fact]
    public Task AnErrorInsideOfABlockIsShownAtItsUse() => DiagnosticAssert.IsOnlyAsync(
        DiagnosticDescriptors.WrongInput,
        Double + "[Model, Input(4), [|Double(2)|]] public partial class Net;",
        "double_1.conv2d_1 takes (channels, height, width), but its input is (4), read as (features)");

    [Theory]
    [InlineData("[Model, Input(4), Dense(4), Label([|\"\"|]), Dense(2)] public partial class Net;", "Label")]
    [InlineData("[Model, Input(4), Dense(4), From([|null!|]), Dense(2)] public partial class Net;", "From")]
    public Task NoValueName(string source, string word) => DiagnosticAssert.IsOnlyAsync(
        DiagnosticDescriptors.NoValueName, source, $"{word} needs the name of a value, such as {word}(\"x\")");

    [Fact]
    public Task WordWithName() => DiagnosticAssert.IsOnlyAsync(
        DiagnosticDescriptors.WordWithName,
        "[Model, Input(4), Dense(4), Output(\"o\", Name = [|\"p\"|]), Dense(2)] public partial class Net;",
        "Output is no layer and has no name of its own; remove Name");

    [Fact]
    public Task OutputWithTheNameOfAnInput() => DiagnosticAssert.IsOnlyAsync(
        DiagnosticDescriptors.DuplicateName,
        "[Model, Input(4), Dense(4), Output([|\"input\"|]), Dense(2)] public partial class Net;",
        "The name 'input' is taken by another layer of the model; names must be unique");

    [Theory]
    [InlineData("[Model, Input(4), Dense(3), Output(\"a\"), Dense(2), SoftmaxCrossEntropy, MeanSquaredError(On = \"a\")] public partial class Net;")]
    [InlineData("[Model, Input(4), Dense(3), Label(\"h\"), Dense(2), MeanSquaredError, From(\"h\"), Dense(1), MeanSquaredError] public partial class Net;")]
    [InlineData("[Model, Input(4), Label(\"x\"), Input(4), Dense(4), Add(\"x\")] public partial class Net;")]
    [InlineData(Double + "[Model, Input(1, 6, 6), Double(4), Double(4, Name = \"second\")] public partial class Net;")]
    public Task GraphsAreFine(string source) => DiagnosticAssert.IsCleanAsync(source);

    [Fact]
    public void LayersOfABlockAreNamedAfterIt()
    {
        var network = SourceModels.Network(Double + "[Model, Input(1, 6, 6), Double(4), Double(4, Name = \"second\"), Double(2)] public partial class Net;", "Net");
        Assert.Equal(
            ["double_1.conv2d_1.weight", "second.conv2d_1.weight", "double_3.conv2d_1.weight"],
            network.Nodes.SelectMany(node => node.Parameters.Where(parameter => parameter.Name == "weight").Select(parameter => $"{node.Layer.Name}.{parameter.Name}")));
    }

    [Fact]
    public void EditingABlockChangesTheSpecOfItsModels()
    {
        const string Model = "[Model, Input(1, 6, 6), Double(4)] public partial class Net; ";
        Assert.Equal(SourceModels.Spec(Model + Double, "Net"), SourceModels.Spec(Model + Double, "Net"));
        Assert.NotEqual(SourceModels.Spec(Model + Double, "Net"), SourceModels.Spec(Model + Double.Replace("ReLU", "Tanh", StringComparison.Ordinal), "Net"));
    }

    /// <summary>Models that are right but for one thing, drawn at random: each gets exactly one diagnostic, within its own attributes.</summary>
    [Fact]
    public async Task EveryWrongGraphHasOneDiagnostic()
    {
        const int Count = 200;
        var random = new Random(7);
        var source = string.Join("\n", Enumerable.Range(0, Count).Select(i => $"[Model, {WrongGraph(random)}] public partial class Net{i};"));
        var diagnostics = await Compiling.AnalyzeAsync(Compiling.Compile(source));
        var lines = diagnostics.Select(diagnostic => diagnostic.Location.GetLineSpan().StartLinePosition.Line).ToList();
        Assert.Equal(Enumerable.Range(1, Count), lines);
        Assert.All(diagnostics, diagnostic => Assert.StartsWith("MG", diagnostic.Id, StringComparison.Ordinal));
    }

    private static string WrongGraph(Random random)
    {
        var (channels, size) = (random.Next(1, 5), random.Next(5, 9));
        var layers = new List<string> { $"Input({channels}, {size}, {size})", $"Conv2D({channels}, 3, Padding = 1)", "Label(\"a\")" };
        for (var i = random.Next(0, 4); i > 0; i--)
        {
            layers.Add(random.Next(3) switch { 0 => "ReLU", 1 => "Tanh", _ => $"Conv2D({channels}, 3, Padding = 1)" });
        }

        layers.Add("Add(\"a\")");
        layers.AddRange(random.Next(9) switch
        {
            0 => ["Add(\"b\")"],
            1 => ["Label(\"a\")"],
            2 => [$"Conv2D({channels + 1}, 3, Padding = 1)", "Add(\"a\")"],
            3 => [$"Conv2D({channels}, 3)", "Concat(\"a\")"],
            4 => ["GlobalAveragePool", $"Dense({channels + 1})", "Multiply(\"a\")"],
            5 => ["ReLU", "From(\"a\")"],
            6 => ["Label(\"\")"],
            7 => ["Conv2D(Block.Width, 1)"],
            _ => ["Label(\"unused\")", "ReLU"],
        });
        layers.AddRange(["Flatten", "Dense(2)"]);
        return string.Join(", ", layers);
    }
}
