using System.Numerics.Tensors;

namespace ModelGen;

/// <summary>The gradient of one parameter, as a trainer computed it last: a named view of its arena.</summary>
public sealed class Gradient
{
    private readonly AlignedBuffer _arena;
    private readonly Parameter _parameter;

    internal Gradient(AlignedBuffer arena, Parameter parameter)
    {
        _arena = arena;
        _parameter = parameter;
    }

    /// <summary>The full name of the parameter, such as <c>conv2d_1.weight</c>.</summary>
    public string Name => _parameter.Name;

    /// <summary>The extents, those of the parameter.</summary>
    public ReadOnlySpan<int> Shape => _parameter.Shape;

    /// <summary>The derivative of the loss with respect to each value of the parameter, in row-major order.</summary>
    public ReadOnlySpan<float> Values => _arena.Span.Slice(_parameter.Offset, _parameter.Length);

    /// <summary>The Euclidean norm of the values.</summary>
    public float Norm => (float)Math.Sqrt(SumOfSquares);

    /// <summary>The sum of the squares of the values, in double.</summary>
    internal double SumOfSquares
    {
        get
        {
            var sum = 0.0;
            foreach (var value in Values)
            {
                sum += (double)value * value;
            }

            return sum;
        }
    }

    /// <summary>The same with its shape.</summary>
    public ReadOnlyTensorSpan<float> Tensor => new(Values, Extents.ToTensorLengths(Shape));

    /// <summary>The name and the shape.</summary>
    public override string ToString() => _parameter.ToString();
}
