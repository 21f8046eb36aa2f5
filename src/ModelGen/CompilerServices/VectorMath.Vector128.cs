using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Floats = System.Runtime.Intrinsics.Vector128<float>;
using Vector = System.Runtime.Intrinsics.Vector128;

namespace ModelGen.CompilerServices;

public static partial class VectorMath
{
    /// <summary>e to the power of each number.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats Exp(Floats x)
    {
        // x = n·ln 2 + r; half = 2ⁿ⁻¹. The native maximum and minimum return their second operand for a NaN.
        x = Vector.MinNative(Vector.Create(ExpHighest), Vector.MaxNative(Vector.Create(ExpLowest), x));
        var k = Vector.MultiplyAddEstimate(x, Vector.Create(Log2E), Vector.Create(HalfPowerShift));
        var n = k - Vector.Create(HalfPowerShift);
        var half = (k.AsInt32() << MantissaBits).AsSingle();
        var r = Vector.MultiplyAddEstimate(n, Vector.Create(-Ln2High), x);
        r = Vector.MultiplyAddEstimate(n, Vector.Create(-Ln2Low), r);
        var p = Vector.MultiplyAddEstimate(Vector.Create(E4), r, Vector.Create(E3));
        p = Vector.MultiplyAddEstimate(p, r, Vector.Create(E2));
        p = Vector.MultiplyAddEstimate(p, r, Vector.Create(E1));
        p = Vector.MultiplyAddEstimate(p, r, Vector.Create(E0));
        p = Vector.MultiplyAddEstimate(p, r * r, r);
        var y = Vector.MultiplyAddEstimate(p, half, half);
        return y + y;
    }

    /// <summary>e to the power of each number, less one; accurate near zero.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats Expm1(Floats x)
    {
        x = Vector.MinNative(Vector.Create(ExpHighest), Vector.MaxNative(Vector.Create(Expm1Lowest), x));
        var k = Vector.MultiplyAddEstimate(x, Vector.Create(Log2E), Vector.Create(HalfPowerShift));
        var n = k - Vector.Create(HalfPowerShift);
        var half = (k.AsInt32() << MantissaBits).AsSingle();
        var r = Vector.MultiplyAddEstimate(n, Vector.Create(-Ln2High), x);
        r = Vector.MultiplyAddEstimate(n, Vector.Create(-Ln2Low), r);
        var p = Vector.MultiplyAddEstimate(Vector.Create(E4), r, Vector.Create(E3));
        p = Vector.MultiplyAddEstimate(p, r, Vector.Create(E2));
        p = Vector.MultiplyAddEstimate(p, r, Vector.Create(E1));
        p = Vector.MultiplyAddEstimate(p, r, Vector.Create(E0));
        p = Vector.MultiplyAddEstimate(p, r * r, r);
        var y = Vector.MultiplyAddEstimate(p, half, half - Vector.Create(0.5f));
        return y + y;
    }

    /// <summary>The logistic function 1 / (1 + e⁻ˣ) of each number.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats Sigmoid(Floats x)
    {
        x = Vector.MinNative(Vector.Create(SigmoidHighest), Vector.MaxNative(Vector.Create(ExpLowest), x));
        var k = Vector.MultiplyAddEstimate(x, Vector.Create(Log2E), Vector.Create(HalfPowerShift));
        var n = k - Vector.Create(HalfPowerShift);
        var half = (k.AsInt32() << MantissaBits).AsSingle();
        var r = Vector.MultiplyAddEstimate(n, Vector.Create(-Ln2High), x);
        r = Vector.MultiplyAddEstimate(n, Vector.Create(-Ln2Low), r);
        var p = Vector.MultiplyAddEstimate(Vector.Create(E4), r, Vector.Create(E3));
        p = Vector.MultiplyAddEstimate(p, r, Vector.Create(E2));
        p = Vector.MultiplyAddEstimate(p, r, Vector.Create(E1));
        p = Vector.MultiplyAddEstimate(p, r, Vector.Create(E0));
        p = Vector.MultiplyAddEstimate(p, r * r, r);

        // With h = eˣ / 2 it is h / (h + ½).
        var h = Vector.MultiplyAddEstimate(p, half, half);
        return h / (h + Vector.Create(0.5f));
    }

    /// <summary>The hyperbolic tangent of each number.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats Tanh(Floats x)
    {
        x = Vector.MinNative(Vector.Create(TanhHighest), Vector.MaxNative(Vector.Create(-TanhHighest), x));
        x += x;
        var k = Vector.MultiplyAddEstimate(x, Vector.Create(Log2E), Vector.Create(HalfPowerShift));
        var n = k - Vector.Create(HalfPowerShift);
        var half = (k.AsInt32() << MantissaBits).AsSingle();
        var r = Vector.MultiplyAddEstimate(n, Vector.Create(-Ln2High), x);
        r = Vector.MultiplyAddEstimate(n, Vector.Create(-Ln2Low), r);
        var p = Vector.MultiplyAddEstimate(Vector.Create(E4), r, Vector.Create(E3));
        p = Vector.MultiplyAddEstimate(p, r, Vector.Create(E2));
        p = Vector.MultiplyAddEstimate(p, r, Vector.Create(E1));
        p = Vector.MultiplyAddEstimate(p, r, Vector.Create(E0));
        p = Vector.MultiplyAddEstimate(p, r * r, r);

        // With h = (e²ˣ − 1) / 2 it is h / (h + 1).
        var h = Vector.MultiplyAddEstimate(p, half, half - Vector.Create(0.5f));
        return h / (h + Vector.Create(1f));
    }

    /// <summary>The error function 2/√π · ∫₀ˣ exp(−t²) dt of each number.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats Erf(Floats x)
    {
        var a = Vector.MinNative(Vector.Create(ErfHighest), Vector.Abs(x));
        var p = Vector.MultiplyAddEstimate(Vector.Create(F8), a, Vector.Create(F7));
        p = Vector.MultiplyAddEstimate(p, a, Vector.Create(F6));
        p = Vector.MultiplyAddEstimate(p, a, Vector.Create(F5));
        p = Vector.MultiplyAddEstimate(p, a, Vector.Create(F4));
        p = Vector.MultiplyAddEstimate(p, a, Vector.Create(F3));
        p = Vector.MultiplyAddEstimate(p, a, Vector.Create(F2));
        p = Vector.MultiplyAddEstimate(p, a, Vector.Create(F1));
        p = Vector.MultiplyAddEstimate(p, a, Vector.Create(F0));
        a *= p;

        // exp(a) − 1 as in Expm1, without its limits.
        var k = Vector.MultiplyAddEstimate(a, Vector.Create(Log2E), Vector.Create(PowerShift));
        var n = k - Vector.Create(PowerShift);
        var power = (k.AsInt32() << MantissaBits).AsSingle();
        var r = Vector.MultiplyAddEstimate(n, Vector.Create(-Ln2High), a);
        r = Vector.MultiplyAddEstimate(n, Vector.Create(-Ln2Low), r);
        p = Vector.MultiplyAddEstimate(Vector.Create(E4), r, Vector.Create(E3));
        p = Vector.MultiplyAddEstimate(p, r, Vector.Create(E2));
        p = Vector.MultiplyAddEstimate(p, r, Vector.Create(E1));
        p = Vector.MultiplyAddEstimate(p, r, Vector.Create(E0));
        p = Vector.MultiplyAddEstimate(p, r * r, r);
        p = Vector.MultiplyAddEstimate(p, power, power - Vector.Create(1f));
        return Vector.ConditionalSelect(Vector.Create(-0f), x, p);
    }

    /// <summary>The natural logarithm of each number.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats Log(Floats x)
    {
        // x = 2ᵏ·(1 + f) with √½ ≤ 1 + f < √2; a denormal is scaled up first and its exponent lowered by as much.
        var scaled = (x * Vector.Create(TwoPower23)).AsInt32() - Vector.Create(MantissaBits << MantissaBits);
        var bits = Vector.ConditionalSelect(Vector.LessThan(x, Vector.Create(SmallestNormal)), scaled.AsSingle(), x).AsInt32();
        var exponent = (bits - Vector.Create(SqrtHalfBits)) >> MantissaBits;
        var f = (bits - (exponent << MantissaBits)).AsSingle() - Vector.Create(1f);
        var k = Vector.ConvertToSingle(exponent);

        var z = f * f;
        var p = Vector.MultiplyAddEstimate(Vector.Create(L8), f, Vector.Create(L7));
        p = Vector.MultiplyAddEstimate(p, f, Vector.Create(L6));
        p = Vector.MultiplyAddEstimate(p, f, Vector.Create(L5));
        p = Vector.MultiplyAddEstimate(p, f, Vector.Create(L4));
        p = Vector.MultiplyAddEstimate(p, f, Vector.Create(L3));
        p = Vector.MultiplyAddEstimate(p, f, Vector.Create(L2));
        p = Vector.MultiplyAddEstimate(p, f, Vector.Create(L1));
        p = Vector.MultiplyAddEstimate(p, f, Vector.Create(L0));
        p = Vector.MultiplyAddEstimate(p, f, Vector.Create(-0.5f));
        p = Vector.MultiplyAddEstimate(k, Vector.Create(Ln2Low), p * z);
        var y = Vector.MultiplyAddEstimate(k, Vector.Create(Ln2High), f + p);

        // +∞ and NaN are their own logarithms.
        y = Vector.ConditionalSelect(Vector.LessThan(x, Vector.Create(float.PositiveInfinity)), y, x);
        var limit = Vector.ConditionalSelect(Vector.Equals(x, Floats.Zero), Vector.Create(float.NegativeInfinity), Vector.Create(float.NaN));
        return Vector.ConditionalSelect(Vector.LessThanOrEqual(x, Floats.Zero), limit, y);
    }

    /// <summary>The natural logarithm of one more than each number; accurate near zero.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats Log1p(Floats x)
    {
        // u = 1 + x = 2ᵏ·(1 + f) as in Log, except that f gets back what rounding took from u.
        var u = Vector.Create(1f) + x;
        var lost = x - (u - Vector.Create(1f));
        var bits = u.AsInt32();
        var exponent = (bits - Vector.Create(SqrtHalfBits)) >> MantissaBits;
        var f = (bits - (exponent << MantissaBits)).AsSingle() - Vector.Create(1f);
        var k = Vector.ConvertToSingle(exponent);

        // 2⁻ᵏ; from 2¹²⁶ on nothing was lost that counts.
        var scale = ((Vector.Create(127) - Vector.Min(exponent, Vector.Create(126))) << MantissaBits).AsSingle();
        f = Vector.MultiplyAddEstimate(lost, scale, f);

        var z = f * f;
        var p = Vector.MultiplyAddEstimate(Vector.Create(L8), f, Vector.Create(L7));
        p = Vector.MultiplyAddEstimate(p, f, Vector.Create(L6));
        p = Vector.MultiplyAddEstimate(p, f, Vector.Create(L5));
        p = Vector.MultiplyAddEstimate(p, f, Vector.Create(L4));
        p = Vector.MultiplyAddEstimate(p, f, Vector.Create(L3));
        p = Vector.MultiplyAddEstimate(p, f, Vector.Create(L2));
        p = Vector.MultiplyAddEstimate(p, f, Vector.Create(L1));
        p = Vector.MultiplyAddEstimate(p, f, Vector.Create(L0));
        p = Vector.MultiplyAddEstimate(p, f, Vector.Create(-0.5f));
        p = Vector.MultiplyAddEstimate(k, Vector.Create(Ln2Low), p * z);
        var y = Vector.MultiplyAddEstimate(k, Vector.Create(Ln2High), f + p);

        y = Vector.ConditionalSelect(Vector.LessThan(x, Vector.Create(float.PositiveInfinity)), y, x);
        var limit = Vector.ConditionalSelect(Vector.Equals(u, Floats.Zero), Vector.Create(float.NegativeInfinity), Vector.Create(float.NaN));
        return Vector.ConditionalSelect(Vector.LessThanOrEqual(u, Floats.Zero), limit, y);
    }
}
