using System;
using ModelGen.Generator.Diagnostics;
using ModelGen.Generator.Graph;
using ModelGen.Generator.Primitives;
using ModelGen.Generator.Specs;

namespace ModelGen.Generator.Layers;

/// <summary>
/// <c>CTC(blank)</c>: −log of the probability of all ways to stretch a transcript over the steps with blanks between, by the
/// softmax of the scores; divided by the number of the sample's labels. The labels are laid out as their number, then themselves.
/// </summary>
internal sealed class CTCLayer(LayerSpec spec) : LossLayer(spec)
{
    public override string Stem => "ctc";

    public override LabelKind Labels => LabelKind.Transcripts;

    public override PredictionKind Prediction => PredictionKind.ClassProbabilities;

    private int Blank => Spec.Integer("blank");

    private int MaxLength => Spec.Integer("MaxLength");

    public override Shape LabelShape(TensorType input) => new(1 + MostLabels(input));

    public override int Classes(TensorType input) => input.Channels;

    public override LabelLayout Layout(TensorType input) => new("TranscriptLabels", new EquatableArray<string>(
        [Format(Steps(input)), Format(input.Channels), Format(Blank), Format(MostLabels(input))]));

    public override string DescribeLabels(TensorType input) =>
        $"Classes of 0 to {Format(input.Channels - 1)} but the blank {Format(Blank)} for {Name}: the transcripts of all samples, one after another; at most {Format(MostLabels(input))} for each.";

    public override LayerError? Review(Layer previous) =>
        previous is SoftmaxLayer or LogSoftmaxLayer ? previous.Error(DiagnosticDescriptors.SoftmaxBeforeLoss, null, Name) : null;

    public override Value LowerLoss(Lowering lowering, Value input, TensorType type, Value labels) =>
        lowering.Graph.Ctc(Name, input, labels, lowering.Lengths(type), Blank);

    public override Value LowerPrediction(Lowering lowering, Value input, TensorType type) =>
        SoftmaxLayer.Softmax(lowering, Name, input, type);

    protected override LayerError? Check(TensorType input)
    {
        if (!input.Is(AxisRole.Time, AxisRole.Feature))
        {
            return WrongInput("(length, features)", input);
        }

        if (input.Channels == 1)
        {
            return Error(DiagnosticDescriptors.OneClass, null, input.ToString());
        }

        if (Blank < 0 || Blank >= input.Channels)
        {
            return OutOfRange("blank", Format(Blank), $"0 to {Format(input.Channels - 1)}, one of the classes");
        }

        if (MaxLength < 0 || MaxLength > Steps(input))
        {
            return OutOfRange("MaxLength", Format(MaxLength), $"0 to {Format(Steps(input))}, the number of steps");
        }

        // A number for each step and place on the path of labels and blanks is kept.
        var most = (Limits.MaxResults / Steps(input) / 2) - 1;
        return MostLabels(input) <= most ? null : OutOfRange(
            "MaxLength", Format(MostLabels(input)), $"1 to {Format((int)Math.Max(1, most))} with {Format(Steps(input))} steps");
    }

    private static int Steps(TensorType input) => input.Axes[0].Extent;

    private int MostLabels(TensorType input) => MaxLength == 0 ? Steps(input) : MaxLength;
}
