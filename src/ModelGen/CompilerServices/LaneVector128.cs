using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace ModelGen.CompilerServices;

/// <summary>Lanes in vectors of 128 bits.</summary>
internal readonly struct LaneVector128(Vector128<float> value) : ILaneVector<LaneVector128>
{
    private readonly Vector128<float> _value = value;

    public static int Count => 4;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static LaneVector128 operator +(LaneVector128 left, LaneVector128 right) => new(left._value + right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static LaneVector128 operator -(LaneVector128 left, LaneVector128 right) => new(left._value - right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static LaneVector128 operator *(LaneVector128 left, LaneVector128 right) => new(left._value * right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static LaneVector128 Create(float value) => new(Vector128.Create(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static LaneVector128 Load(ref float source) => new(Vector128.LoadUnsafe(ref source));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static LaneVector128 MultiplyAdd(LaneVector128 left, LaneVector128 right, LaneVector128 addend) =>
        new(Vector128.MultiplyAddEstimate(left._value, right._value, addend._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static LaneVector128 Max(LaneVector128 left, LaneVector128 right) => new(Vector128.MaxNative(left._value, right._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static LaneVector128 Select(LaneVector128 condition, LaneVector128 first, LaneVector128 second) =>
        new(Vector128.ConditionalSelect(Vector128.GreaterThan(condition._value, Vector128<float>.Zero), first._value, second._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static LaneVector128 Exp(LaneVector128 x) => new(VectorMath.Exp(x._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static LaneVector128 Log(LaneVector128 x) => new(VectorMath.Log(x._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store(ref float target) => _value.StoreUnsafe(ref target);
}
