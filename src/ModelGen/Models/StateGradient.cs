using ModelGen.CompilerServices;

namespace ModelGen;

/// <summary>
/// How strong the gradient of the loss is that flows into the state of a recurrent layer after each of its steps, as a trainer
/// computed it last: what shrinks on the way back through time vanishes, what grows explodes.
/// </summary>
/// <remarks>
/// Only of models that ask for it by <see cref="ModelAttribute.GradientNorms"/>. Pascanu, Mikolov and Bengio, "On the difficulty of
/// training recurrent neural networks", 2013.
/// </remarks>
public sealed class StateGradient
{
    private readonly AlignedBuffer _model;
    private readonly GradientNormDefinition _definition;

    internal StateGradient(AlignedBuffer model, GradientNormDefinition definition)
    {
        _model = model;
        _definition = definition;
    }

    /// <summary>The name of the layer, such as <c>lstm_1</c>; that of a second direction ends with <c>_reverse</c>.</summary>
    public string Name => _definition.Name;

    /// <summary>
    /// For each step of the sequence, from the first, the Euclidean norm over all units and samples of the gradient of the loss
    /// with respect to the state h after the step. Valid after <c>Step</c>, <c>ComputeGradients</c> or the last part of
    /// <c>Accumulate</c>, until the trainer runs again.
    /// </summary>
    public ReadOnlySpan<float> Norms => _model.Span.Slice(_definition.Offset, _definition.Steps);

    /// <summary>The name and the number of steps.</summary>
    public override string ToString() => $"{Name}: {_definition.Steps} steps";
}
