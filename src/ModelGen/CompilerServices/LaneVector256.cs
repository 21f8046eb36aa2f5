using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace ModelGen.CompilerServices;

/// <summary>Lanes in vectors of 256 bits.</summary>
internal readonly struct LaneVector256(Vector256<float> value) : ILaneVector<LaneVector256>
{
    private readonly Vector256<float> _value = value;

    public static int Count => 8;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static LaneVector256 operator +(LaneVector256 left, LaneVector256 right) => new(left._value + right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static LaneVector256 operator -(LaneVector256 left, LaneVector256 right) => new(left._value - right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static LaneVector256 operator *(LaneVector256 left, LaneVector256 right) => new(left._value * right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static LaneVector256 Create(float value) => new(Vector256.Create(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static LaneVector256 Load(ref float source) => new(Vector256.LoadUnsafe(ref source));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static LaneVector256 MultiplyAdd(LaneVector256 left, LaneVector256 right, LaneVector256 addend) =>
        new(Vector256.FusedMultiplyAdd(left._value, right._value, addend._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static LaneVector256 Max(LaneVector256 left, LaneVector256 right) => new(Vector256.MaxNative(left._value, right._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static LaneVector256 Select(LaneVector256 condition, LaneVector256 first, LaneVector256 second) =>
        new(Vector256.ConditionalSelect(Vector256.GreaterThan(condition._value, Vector256<float>.Zero), first._value, second._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static LaneVector256 Exp(LaneVector256 x) => new(VectorMath.Exp(x._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static LaneVector256 Log(LaneVector256 x) => new(VectorMath.Log(x._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store(ref float target) => _value.StoreUnsafe(ref target);
}
