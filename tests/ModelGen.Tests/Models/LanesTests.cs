using ModelGen.CompilerServices;
using Xunit;

namespace ModelGen.Tests.Models;

public sealed class LanesTests
{
    [Fact]
    public void RowsBecomeLanesAndBackForEverySize()
    {
        for (var elements = 1; elements <= 70; elements++)
        {
            for (var rowCount = 1; rowCount <= Lanes.Count; rowCount++)
            {
                var stride = elements + (elements % 3);
                var rows = Numbers((rowCount * stride) + 1);
                var lanes = new float[elements * Lanes.Count];
                Array.Fill(lanes, float.NaN);
                Lanes.FromRows(ref rows[0], stride, rowCount, elements, ref lanes[0]);
                for (var element = 0; element < elements; element++)
                {
                    for (var lane = 0; lane < Lanes.Count; lane++)
                    {
                        var expected = lane < rowCount ? rows[(lane * stride) + element] : 0;
                        Assert.Equal(expected, lanes[(element * Lanes.Count) + lane]);
                    }
                }

                var back = new float[rows.Length];
                Lanes.ToRows(ref lanes[0], elements, ref back[0], stride, rowCount);
                for (var i = 0; i < back.Length; i++)
                {
                    var isValue = i < rowCount * stride && i % stride < elements;
                    Assert.Equal(isValue ? rows[i] : 0, back[i]);
                }
            }
        }
    }

    [Fact]
    public void ChosenRowsBecomeLanes()
    {
        var table = Numbers(20 * 37);
        for (var elements = 1; elements <= 37; elements++)
        {
            for (var count = 1; count <= Lanes.Count; count++)
            {
                var indices = Enumerable.Range(0, count).Select(i => (7 * i) % 20).ToArray();
                var lanes = new float[elements * Lanes.Count];
                Array.Fill(lanes, float.PositiveInfinity);
                Lanes.FromRows(ref table[0], 37, indices, elements, ref lanes[0]);
                for (var i = 0; i < lanes.Length; i++)
                {
                    var (element, lane) = (i / Lanes.Count, i % Lanes.Count);
                    Assert.Equal(lane < count ? table[(indices[lane] * 37) + element] : 0, lanes[i]);
                }
            }
        }
    }

    [Fact]
    public void SumsAreTheSameTreeForEveryCount()
    {
        for (var count = 1; count <= 70; count++)
        {
            var vectors = Numbers(count * Lanes.Count);
            var sums = Numbers(count);
            var expected = new float[count];
            for (var i = 0; i < count; i++)
            {
                var tree = vectors.AsSpan(i * Lanes.Count, Lanes.Count).ToArray();
                for (var half = Lanes.Count / 2; half > 0; half /= 2)
                {
                    for (var lane = 0; lane < half; lane++)
                    {
                        tree[lane] += tree[lane + half];
                    }
                }

                expected[i] = sums[i] + tree[0];
            }

            Lanes.SumInto(ref vectors[0], count, ref sums[0]);
            Assert.Equal(expected, sums);
        }
    }

    [Fact]
    public void IntegersKeepTheirBits()
    {
        int[] rows = [.. Enumerable.Range(0, 16 * 20).Select(i => i % 2 == 0 ? i : int.MinValue + i)];
        var lanes = new int[rows.Length];
        Lanes.FromRows(ref BlockWords(rows), 20, 16, 20, ref BlockWords(lanes));
        for (var i = 0; i < lanes.Length; i++)
        {
            Assert.Equal(rows[(i % 16 * 20) + (i / 16)], lanes[i]);
        }
    }

    private static ref float BlockWords(int[] values) => ref System.Runtime.CompilerServices.Unsafe.As<int, float>(ref values[0]);

    private static float[] Numbers(int count)
    {
        var random = new SeededRandom(count);
        var numbers = new float[count];
        foreach (ref var number in numbers.AsSpan())
        {
            number = random.NextSingle() - 0.5f;
        }

        return numbers;
    }
}
