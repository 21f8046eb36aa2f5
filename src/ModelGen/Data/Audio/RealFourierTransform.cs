using System.Numerics;

namespace ModelGen;

/// <summary>
/// The discrete Fourier transform X(k) = Σ x(n)·e^(−2πikn/N) of N real numbers, N a power of two: a complex transform of
/// half the length (J. W. Cooley and J. W. Tukey, 1965) whose even and odd parts are then taken apart.
/// </summary>
internal sealed class RealFourierTransform
{
    private readonly int _half;
    private readonly int[] _reversed;
    private readonly Complex[] _roots;
    private readonly Complex[] _values;

    public RealFourierTransform(int length)
    {
        Length = length;
        _half = length / 2;
        _values = new Complex[_half];
        _reversed = new int[_half];
        var bits = BitOperations.Log2((uint)_half);
        for (var i = 0; i < _half; i++)
        {
            for (var bit = 0; bit < bits; bit++)
            {
                _reversed[i] |= ((i >> bit) & 1) << (bits - 1 - bit);
            }
        }

        // e^(−2πik/N) for k = 0 … N/2 − 1; the complex transform of half the length takes every second one.
        _roots = new Complex[_half];
        for (var k = 0; k < _half; k++)
        {
            _roots[k] = Complex.FromPolarCoordinates(1, -2 * Math.PI * k / length);
        }
    }

    /// <summary>The number of values that are transformed.</summary>
    public int Length { get; }

    /// <summary>The frequencies from zero to half the sample rate: N/2 + 1.</summary>
    public int Bins => _half + 1;

    /// <summary>Writes |X(k)|² for k = 0 … N/2. Allocates nothing.</summary>
    public void Energies(ReadOnlySpan<float> input, Span<float> energies)
    {
        for (var i = 0; i < _half; i++)
        {
            _values[_reversed[i]] = new(input[2 * i], input[(2 * i) + 1]);
        }

        TransformHalf();
        for (var k = 0; k < _half; k++)
        {
            // Even and odd samples are the real and the imaginary parts of what was transformed.
            var mirrored = Complex.Conjugate(_values[(_half - k) & (_half - 1)]);
            var even = (_values[k] + mirrored) / 2;
            var odd = (_values[k] - mirrored) / new Complex(0, 2);
            energies[k] = Square(even + (_roots[k] * odd));
        }

        energies[_half] = Square(_values[0].Real - _values[0].Imaginary);
    }

    private void TransformHalf()
    {
        for (var size = 2; size <= _half; size *= 2)
        {
            var step = Length / size;
            for (var start = 0; start < _half; start += size)
            {
                for (var k = 0; k < size / 2; k++)
                {
                    ref var upper = ref _values[start + k];
                    ref var lower = ref _values[start + k + (size / 2)];
                    var turned = _roots[k * step] * lower;
                    lower = upper - turned;
                    upper += turned;
                }
            }
        }
    }

    private static float Square(Complex value) => (float)((value.Real * value.Real) + (value.Imaginary * value.Imaginary));
}
