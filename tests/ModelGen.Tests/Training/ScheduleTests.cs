using Xunit;

namespace ModelGen.Tests.Training;

/// <summary>Every schedule against PyTorch's, which Goldens/optimizers.py describes.</summary>
public sealed class ScheduleTests
{
    private static readonly Dictionary<string, Schedule> s_schedules = new()
    {
        ["step"] = new StepSchedule(7, 0.3f),
        ["exponential"] = new ExponentialSchedule(0.95f),
        ["cosine"] = new CosineSchedule(40),
        ["cosine final"] = new CosineSchedule(40, 0.1f),
        ["one cycle"] = new OneCycleSchedule(50),
        ["one cycle own"] = new OneCycleSchedule(33) { Rise = 0.2f, InitialDivisor = 10, FinalDivisor = 100 },
        ["warm up"] = new WarmUpSchedule(8, initial: 0.1f),
        ["warm up cosine"] = new WarmUpSchedule(10, new CosineSchedule(50)),
    };

    public static TheoryData<string> Names => [.. s_schedules.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void FollowsPyTorch(string name)
    {
        var expected = OptimizerGoldens.Schedule(name);
        for (var step = 0; step < expected.Length; step++)
        {
            Assert.True(
                Math.Abs(s_schedules[name].At(step) - expected[step]) <= 1e-6f,
                $"{name}, step {step}: {s_schedules[name].At(step)}, PyTorch {expected[step]}.");
        }
    }

    [Fact]
    public void LengthComesFromTheTrainingUnlessGiven()
    {
        Assert.Equal(new CosineSchedule(40).At(13), new CosineSchedule().At(13, 40));
        Assert.Equal(new CosineSchedule(40).At(13), new CosineSchedule(40).At(13, 1000));
        Assert.Equal(new OneCycleSchedule(50).At(3), new OneCycleSchedule().At(3, 50));
        Assert.Equal(new CosineSchedule(30).At(5), new WarmUpSchedule(10, new CosineSchedule()).At(15, 40));
        var error = Assert.Throws<InvalidOperationException>(() => new CosineSchedule().At(1));
        Assert.Contains("CosineSchedule has no length", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void StaysAtItsLastFactorAfterItsEnd()
    {
        Assert.Equal(0, new CosineSchedule(40).At(1000));
        Assert.Equal(0.25f, new CosineSchedule(40, 0.25f).At(1000), 6);
        Assert.Equal(new OneCycleSchedule(50).At(49), new OneCycleSchedule(50).At(1000));
        Assert.Equal(1, new WarmUpSchedule(8).At(1000));
        Assert.Equal(2, new ConstantSchedule(2).At(1000));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void ShortTrainingsHaveFiniteFactors(int planned)
    {
        Schedule[] schedules = [new CosineSchedule(), new OneCycleSchedule(), new WarmUpSchedule(2, new OneCycleSchedule()), new OneCycleSchedule { Rise = 0 }];
        foreach (var schedule in schedules)
        {
            for (var step = 0; step < planned + 2; step++)
            {
                Assert.InRange(schedule.At(step, planned), 0, 1);
            }
        }
    }

    [Fact]
    public void SettingsOutsideTheirRangeAreRefused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new StepSchedule(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new ExponentialSchedule(-1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new OneCycleSchedule(1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new CosineSchedule(10, -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new WarmUpSchedule(0));
    }
}
