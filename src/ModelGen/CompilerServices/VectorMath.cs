using System.ComponentModel;

namespace ModelGen.CompilerServices;

/// <summary>
/// Elementary functions of float vectors for compiled kernels: faster than the framework's, which widen to double, and inlined
/// into the loop that uses them.
/// </summary>
/// <remarks>
/// <para>
/// The largest error in units in the last place over all finite floats, with and without a fused multiply-add:
/// Exp 1.4, Expm1 1.7, Log 0.9, Log1p 1.5, Sigmoid 2.3, Tanh 2.7, Erf 3.3.
/// NaN gives NaN, infinities give the limits: Exp 0 and ∞, Expm1 −1 and ∞, Sigmoid 0 and 1, Tanh and Erf ±1.
/// Log and Log1p give −∞ where their argument is zero and NaN where it is negative. Exp overflows to ∞.
/// Exp and Sigmoid give zero for results below 2⁻¹²⁵·⁵ ≈ 1.7e-38, so that denormals do not slow down what follows;
/// the other functions are within one step for denormal results.
/// </para>
/// <para>
/// The formulas use no instruction of one vector width, so that 512, 256 and 128 bits give the same result to the bit where
/// the processor has a fused multiply-add. Each width has its own file; the files differ in nothing but the two aliases at
/// their top. A function body calls intrinsics only: the just-in-time compiler refuses to inline calls inside inlined calls
/// once a kernel has spent its budget.
/// </para>
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static partial class VectorMath
{
    // 1.5·2²³: adding it rounds a number to an integer and leaves that integer in the low bits.
    private const float RoundingShift = 12582912;

    // The same with the exponent bias on top: its low bits, shifted into the exponent, are a power of two, or half of it.
    private const float PowerShift = RoundingShift + 127;
    private const float HalfPowerShift = RoundingShift + 126;

    private const float Log2E = 1.44269504f;

    // ln 2 in two parts; the first has so few digits that its products with integers below 2¹⁵ are exact.
    private const float Ln2High = 0.693359375f;
    private const float Ln2Low = -2.12194440e-4f;

    // Exp: below, the result is zero; above, infinite.
    private const float ExpLowest = -87.3f;
    private const float ExpHighest = 89f;

    // Expm1 is −1 below, Sigmoid 1 above, Tanh ±1 beyond.
    private const float Expm1Lowest = -20f;
    private const float SigmoidHighest = 20f;
    private const float TanhHighest = 10f;

    // eʳ − 1 = r + r²·(E0 + E1·r + … + E4·r⁴), minimax in relative error (2⁻²⁶) on |r| ≤ ½ ln 2.
    private const float E0 = 4.999999813e-1f;
    private const float E1 = 1.666654235e-1f;
    private const float E2 = 4.166720538e-2f;
    private const float E3 = 8.366691641e-3f;
    private const float E4 = 1.388248753e-3f;

    // ln(1 + f) = f − f²/2 + f³·(L0 + L1·f + … + L8·f⁸) on √½ ≤ 1 + f < √2 (S. Moshier, Cephes, logf).
    private const float L0 = 3.3333331174e-1f;
    private const float L1 = -2.4999993993e-1f;
    private const float L2 = 2.0000714765e-1f;
    private const float L3 = -1.6668057665e-1f;
    private const float L4 = 1.4249322787e-1f;
    private const float L5 = -1.2420140846e-1f;
    private const float L6 = 1.1676998740e-1f;
    private const float L7 = -1.1514610310e-1f;
    private const float L8 = 7.0376836292e-2f;

    private const int SqrtHalfBits = 0x3F3504F3;
    private const int MantissaBits = 23;
    private const float SmallestNormal = 1.17549435e-38f;
    private const float TwoPower23 = 8388608;

    // |erf x| = 1 − exp(a·(F0 + F1·a + … + F8·a⁸)) with a = |x|, minimax in relative error on |x| ≤ 3.93,
    // beyond which erf rounds to ±1.
    private const float ErfHighest = 3.93f;
    private const float F0 = -1.1283791716e+00f;
    private const float F1 = -6.3661938098e-01f;
    private const float F2 = -1.0277783787e-01f;
    private const float F3 = 1.9153087911e-02f;
    private const float F4 = 1.6035550007e-04f;
    private const float F5 = -1.6669894300e-03f;
    private const float F6 = 6.3281702413e-04f;
    private const float F7 = -1.1763592212e-04f;
    private const float F8 = 9.2556864988e-06f;
}
