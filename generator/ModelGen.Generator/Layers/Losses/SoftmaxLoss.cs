using System.Globalization;
using System.Linq;
using ModelGen.Generator.Diagnostics;
using ModelGen.Generator.Graph;
using ModelGen.Generator.Primitives;
using ModelGen.Generator.Specs;

namespace ModelGen.Generator.Layers;

/// <summary>A loss of a choice between classes, by the softmax of the scores over the channels or features at every place.</summary>
internal abstract class SoftmaxLoss(LayerSpec spec) : LossLayer(spec)
{
    public sealed override LabelKind Labels => LabelKind.Classes;

    public sealed override PredictionKind Prediction => PredictionKind.ClassProbabilities;

    public sealed override int? IgnoredLabel => Spec.Integer("IgnoreIndex", -1);

    public sealed override EquatableArray<float>? ClassWeights => Spec.Find("ClassWeights")?.Numbers;

    public sealed override Shape LabelShape(TensorType input) => input.Shape.Without([input.ChannelAxis]);

    public sealed override int Classes(TensorType input) => input.Channels;

    public sealed override LayerError? Review(Layer previous) =>
        previous is SoftmaxLayer or LogSoftmaxLayer ? previous.Error(DiagnosticDescriptors.SoftmaxBeforeLoss, null, Name) : null;

    public sealed override Value LowerPrediction(Lowering lowering, Value input, TensorType type) =>
        SoftmaxLayer.Softmax(lowering, Name, input, type);

    protected sealed override LayerError? Check(TensorType input)
    {
        if (input.ChannelAxis < 0)
        {
            return WrongInput("channels or features", input);
        }

        if (input.Channels == 1)
        {
            return Error(DiagnosticDescriptors.OneClass, null, input.ToString());
        }

        return CheckOptions() ?? (ClassWeights is { } weights ? CheckWeights(weights, input.Channels) : null);
    }

    /// <summary>What is wrong with the options that this loss alone has, or null.</summary>
    protected abstract LayerError? CheckOptions();

    private LayerError? CheckWeights(EquatableArray<float> weights, int classes)
    {
        if (weights.Count != classes)
        {
            return Error(
                DiagnosticDescriptors.ClassWeightCount,
                "ClassWeights",
                weights.Count.ToString(CultureInfo.InvariantCulture),
                classes.ToString(CultureInfo.InvariantCulture));
        }

        var negative = weights.ToList().FindIndex(weight => !(weight >= 0) || float.IsInfinity(weight));
        return negative < 0 ? null : OutOfRange($"ClassWeights[{negative}]", Format(weights[negative]), "a number of at least 0");
    }
}
