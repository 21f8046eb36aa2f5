using System.Numerics.Tensors;
using ModelGen.CompilerServices;

namespace ModelGen;

/// <summary>
/// One parameter of a model, or one statistic such as a running mean: a named view of the arena of its
/// <see cref="ParameterSet"/>, and how optimizers treat it.
/// </summary>
public sealed class Parameter
{
    private readonly ParameterSet _owner;
    private readonly ParameterDefinition _definition;

    internal Parameter(ParameterSet owner, ParameterDefinition definition, int index)
    {
        _owner = owner;
        _definition = definition;
        Index = index;
        Length = Extents.Product(definition.Shape);
    }

    /// <summary>The full name, such as <c>conv2d_1.weight</c>.</summary>
    public string Name => _definition.Name;

    /// <summary>The extents, in PyTorch's order: (out, in) of a dense layer, (out, in / groups, height, width) of a convolution.</summary>
    public ReadOnlySpan<int> Shape => _definition.Shape;

    /// <summary>The number of values: the product of the extents.</summary>
    public int Length { get; }

    /// <summary>The values in row-major order; writing to them changes the model.</summary>
    public Span<float> Values => _owner.Words.Slice(Offset, Length);

    /// <summary>The values with their shape; writing to them changes the model.</summary>
    public TensorSpan<float> Tensor => new(Values, Extents.ToTensorLengths(_definition.Shape));

    /// <summary>Whether this is saved and loaded but has no gradient, such as a running mean of <c>BatchNorm</c>.</summary>
    public bool IsStatistic => _definition.IsStatistic;

    /// <summary>The number of inputs each output of the layer sums over; what initializers scale by.</summary>
    public int FanIn => _definition.FanIn;

    /// <summary>The number of outputs each input of the layer takes part in; what initializers scale by.</summary>
    public int FanOut => _definition.FanOut;

    /// <summary>Whether updates leave this parameter, and its moments, as they are. False at first.</summary>
    public bool IsFrozen
    {
        get;
        set
        {
            field = value;
            _owner.SettingsVersion++;
        }
    }

    /// <summary>What the learning rate is multiplied with for this parameter: zero or more, 1 at first.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative or not finite.</exception>
    public float LearningRateScale
    {
        get;
        set
        {
            field = CheckScale(value);
            _owner.SettingsVersion++;
        }
    } = 1;

    /// <summary>What the optimizer's weight decay is multiplied with for this parameter: zero or more, 1 at first.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative or not finite.</exception>
    public float WeightDecayScale
    {
        get;
        set
        {
            field = CheckScale(value);
            _owner.SettingsVersion++;
        }
    } = 1;

    /// <summary>The position in the <see cref="ParameterSet"/>.</summary>
    internal int Index { get; }

    /// <summary>The first word in the arena.</summary>
    internal int Offset => _definition.Offset;

    /// <summary>Gives the values that the layer starts with by default.</summary>
    internal void Initialize(SeededRandom random)
    {
        switch (_definition.Initializer)
        {
            case DefaultInitializer.Zeros:
                Values.Clear();
                break;
            case DefaultInitializer.Ones:
                Values.Fill(1);
                break;
            case DefaultInitializer.Normal:
                foreach (ref var value in Values)
                {
                    value = (float)random.NextGaussian();
                }

                break;
            default:
                var bound = _definition.Initializer == DefaultInitializer.XavierUniform
                    ? MathF.Sqrt(6f / (FanIn + FanOut))
                    : 1 / MathF.Sqrt(Math.Max(FanIn, 1));
                foreach (ref var value in Values)
                {
                    value = bound * ((2 * random.NextSingle()) - 1);
                }

                break;
        }
    }

    /// <summary>The name and the shape.</summary>
    public override string ToString() => $"{Name} {Extents.Format(_definition.Shape)}";

    private float CheckScale(float value) =>
        float.IsFinite(value) && value >= 0
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, $"The scale of {Name} must be a finite number, zero or more.");
}
