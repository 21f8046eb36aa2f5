using System.Text.Json;
using Xunit;

namespace ModelGen.Tests.Data.Audio;

/// <summary>Compares with numbers that numpy computed; see <c>Goldens/mel.py</c>.</summary>
public sealed class MelSpectrogramTests
{
    public static TheoryData<int> Cases => [0, 1, 2];

    [Theory]
    [MemberData(nameof(Cases))]
    public void AgreesWithNumpy(int index)
    {
        using var file = File.OpenRead(Path.Combine(AppContext.BaseDirectory, "Goldens", "mel.json"));
        using var document = JsonDocument.Parse(file);
        var golden = document.RootElement[index];
        var sound = Enumerable.Range(0, 1500)
            .Select(n => (float)((0.5 * Math.Sin(0.05 * n)) + (0.3 * Math.Sin(0.0007 * n * n)) + (0.1 * Math.Sin(1.9 * n)))).ToArray();
        var mel = new MelSpectrogram(
            Int("rate"), Int("bands"), Int("window"), Int("hop"), Float("low"), Float("high"), golden.GetProperty("htk").GetBoolean() ? MelScale.Htk : MelScale.Slaney);

        var values = mel.Compute(new AudioClip(sound, Int("rate")));

        Assert.Equal(Int("frames"), mel.FrameCount(sound.Length));
        var expected = golden.GetProperty("values").EnumerateArray().Select(value => value.GetDouble()).ToArray();
        Assert.Equal(expected.Length, values.Length);
        for (var i = 0; i < values.Length; i++)
        {
            // Energies near the floor are what single precision leaves of far greater ones.
            Assert.True(Math.Abs(expected[i] - values[i]) < (expected[i] < -15 ? 2e-2 : 2e-4), $"value {i}: {values[i]}, expected {expected[i]}");
        }

        int Int(string name) => golden.GetProperty(name).GetInt32();
        float Float(string name) => golden.GetProperty(name).GetSingle();
    }

    [Theory]
    [InlineData(2)]
    [InlineData(4)]
    [InlineData(64)]
    public void TheTransformIsThatOfItsDefinition(int length)
    {
        var input = Enumerable.Range(0, length).Select(n => (float)Math.Cos(n * n)).ToArray();
        var transform = new RealFourierTransform(length);
        var energies = new float[transform.Bins];

        transform.Energies(input, energies);

        for (var k = 0; k <= length / 2; k++)
        {
            var sum = System.Numerics.Complex.Zero;
            for (var n = 0; n < length; n++)
            {
                sum += input[n] * System.Numerics.Complex.FromPolarCoordinates(1, -2 * Math.PI * k * n / length);
            }

            Assert.Equal(sum.Real * sum.Real + (sum.Imaginary * sum.Imaginary), energies[k], 3);
        }
    }

    [Fact]
    public void SilenceIsTheFloorAndShortSoundsHaveNoFrames()
    {
        var mel = new MelSpectrogram(8000, 10, 200, 80, floor: 1e-6f);

        Assert.All(mel.Compute(new AudioClip(new float[400], 8000)), value => Assert.Equal(Math.Log(1e-6), value, 5));
        Assert.Empty(mel.Compute(new AudioClip(new float[199], 8000)));
        Assert.Equal(1, mel.FrameCount(200));
        Assert.Throws<ArgumentException>(() => mel.Compute(new AudioClip([], 16000)));
        Assert.Throws<ArgumentException>(() => mel.Compute(new float[400], new float[9]));
        Assert.Throws<ArgumentException>(() => new MelSpectrogram(8000, 200, 200, 80));
        Assert.Throws<ArgumentOutOfRangeException>(() => new MelSpectrogram(8000, 10, 200, 80, highest: 4001));
    }

    [Fact]
    public void NothingIsAllocated()
    {
        var mel = new MelSpectrogram(8000, 20, 200, 80);
        var sound = new float[2000];
        var values = new float[mel.FrameCount(sound.Length) * 20];
        mel.Compute(sound, values);
        var before = GC.GetAllocatedBytesForCurrentThread();

        mel.Compute(sound, values);

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }
}
