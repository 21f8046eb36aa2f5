using System.Collections.Generic;
using System.Linq;
using ModelGen.Generator.Emit.OneSample;
using ModelGen.Generator.Graph;
using ModelGen.Generator.Layers;
using ModelGen.Generator.Planning;
using ModelGen.Generator.Specs;

namespace ModelGen.Generator.Emit;

/// <summary>
/// Emits what the runtime knows of a model: names, shapes, the arena, the layers and the programs. It is a class of its own,
/// because the static fields of the user's class are initialised before those of generated parts of it.
/// </summary>
internal static class DefinitionEmitter
{
    private const string Services = "global::ModelGen.CompilerServices.";

    public static void Emit(SourceWriter writer, ModelSpec spec, Network network, ParameterLayout layout, IReadOnlyList<ModelProgram> programs, bool hasOneSampleProgram)
    {
        writer.Line("/// <summary>What the runtime knows of the model.</summary>");
        using var scope = writer.Block("internal static class Model");
        writer.Line($"public static readonly {Services}ModelDefinition Definition = new(");
        writer.Line($"    {SurfaceText.Quote(spec.Name)},");
        List(writer, network.Arguments.Select((argument, index) => Input(argument, index)));
        List(writer, network.Outputs.Select(output => $"new {Services}OutputDefinition({SurfaceText.Quote(output.Name)}, {Extents(output.Type)}, global::ModelGen.OutputKind.{(output.Loss ?? output.Node).Layer.Prediction})"));
        List(writer, network.Losses.Select(node => Loss(network, node)));
        List(writer, layout.Parameters.Concat(layout.Statistics).Select(Parameter));
        writer.Line($"    {layout.TrainedWords},");
        writer.Line($"    {layout.Words},");
        List(writer, network.Nodes.Select(node => Layer(node, programs)));
        var names = new[] { Mode.Predict, Mode.Evaluate, Mode.Train }.Select(mode => programs.Any(program => program.Mode == mode) ? $"new {mode}Program()" : "null");
        var one = hasOneSampleProgram ? $", new {OneSampleEmitter.ClassName}()" : "";
        writer.Line($"    {string.Join(", ", names)}{one}{States(programs)}{GradientNorms(programs)});");
        writer.Line();
        writer.Line("public static readonly global::ModelGen.ModelSummary Summary = new(Definition);");
    }

    private static string Input(NetworkArgument argument, int index) => argument.IsLengths
        ? $"new {Services}InputDefinition({SurfaceText.Quote(argument.Name)}, [], 0, LengthsOf: {Literal.Of(index - 1)})"
        : $"new {Services}InputDefinition({SurfaceText.Quote(argument.Name)}, {Extents(argument.Node.Type)}, {argument.Node.Type.Vocabulary})";

    /// <summary>Where the norms of states' gradients are, or nothing.</summary>
    private static string GradientNorms(IReadOnlyList<ModelProgram> programs)
    {
        var norms = programs.Where(program => program.Mode == Mode.Train).SelectMany(program => program.Memory.GradientNorms)
            .Select(norm => $"new {Services}GradientNormDefinition({SurfaceText.Quote(norm.Name)}, {Literal.Of(norm.Steps)}, {Literal.Of(norm.Offset)})").ToList();
        return norms.Count == 0 ? "" : $", GradientNorms: [{string.Join(", ", norms)}]";
    }

    /// <summary>The states that go from batch to batch, or nothing.</summary>
    private static string States(IReadOnlyList<ModelProgram> programs)
    {
        var states = programs.Where(program => program.Mode == Mode.Train).SelectMany(program => program.Graph.Sources)
            .Where(source => source.Source == Source.State).OrderBy(source => source.Index)
            .Select(source => $"new {Services}RowStateDefinition({SurfaceText.Quote(source.Name)}, {SurfaceText.Array(source.Shape.Extents)})").ToList();
        return states.Count == 0 ? "" : $", States: [{string.Join(", ", states)}]";
    }

    private static void List(SourceWriter writer, IEnumerable<string> items)
    {
        writer.Line("    [");
        foreach (var item in items)
        {
            writer.Line($"        {item},");
        }

        writer.Line("    ],");
    }

    private static string Extents(TensorType type) => SurfaceText.Array(type.Shape.Extents);

    private static string Loss(Network network, LayerNode node)
    {
        var loss = (LossLayer)node.Layer;
        var output = network.Outputs.FindIndex(output => ReferenceEquals(output.Node, node.Input));
        var weights = loss.ClassWeights is { } classes ? "[" + string.Join(", ", classes.Select(weight => Literal.Of(weight))) + "]" : "null";
        var ignored = loss.IgnoredLabel is { } label ? Literal.Of(label) : "null";
        return $"new {Services}LossDefinition({SurfaceText.Quote(loss.LabelName)}, {SurfaceText.Quote(loss.Name)}, {output}, {SurfaceText.Array(loss.LabelShape(node.InputType).Extents)}, {loss.Classes(node.InputType)}, {ignored}, {weights}, {Literal.Of(loss.Weight)}, {System.Math.Max(0, node.InputType.ChannelAxis)}{(network.LengthsArgument(node.InputType) is var lengths && lengths >= 0 ? $", {lengths}" : "")}{Counted(loss.Layout(node.InputType))})";
    }

    private static string Counted(LabelLayout? layout) =>
        layout is null ? "" : $", Counted: new {Services}{layout.Type}({string.Join(", ", layout.Arguments)})";

    private static string Parameter(PlacedParameter parameter)
    {
        var spec = parameter.Spec;
        return $"new {Services}ParameterDefinition({SurfaceText.Quote(parameter.Name)}, {SurfaceText.Array(spec.Shape.Extents)}, {parameter.Offset}, {(spec.IsStatistic ? "true" : "false")}, {Services}DefaultInitializer.{spec.Initial}, {spec.FanIn}, {spec.FanOut})";
    }

    private static string Layer(LayerNode node, IReadOnlyList<ModelProgram> programs)
    {
        var count = OperationCount.Of(node.Layer.Name, programs);
        return $"new global::ModelGen.LayerSummary({SurfaceText.Quote(node.Layer.Name)}, {SurfaceText.Quote(node.Layer.Spec.ToString())}, {Extents(node.Type)}, {Literal.Of(SummaryTable.Count(node))}, {Literal.Of(count.Forward)}, {Literal.Of(count.InputGradient)}, {Literal.Of(count.WeightGradient)})";
    }
}
