using EyeSlots.Spark.Worker;

namespace EyeSlots.Spark.Tests.Worker;

/// <summary>The client sees the useful line first, and Spark's cut takes the stack.</summary>
public sealed class ErrorTextTests
{
    [Fact]
    public void Error_WithStack_BeginsWithTypeAndMessage()
    {
        var lines = ErrorText.Of(Thrown(() => throw new InvalidOperationException("it broke"))).Split('\n');
        Assert.Equal("System.InvalidOperationException: it broke", lines[0]);
        Assert.Contains($"   at {typeof(ErrorTextTests).FullName}", lines[1]);
    }

    [Fact]
    public void Error_WithCause_TellsTheCauseBeforeTheStacks()
    {
        var text = ErrorText.Of(Thrown(() => throw new AggregateException(new IOException("outer", new FormatException("inner")))));
        Assert.StartsWith("System.IO.IOException: outer\n ---> System.FormatException: inner", text);
    }

    [Fact]
    public void Error_OfAnySize_StaysBelowWhatSparkPassesOn() =>
        Assert.Equal(32_000, ErrorText.Of(new InvalidOperationException(new string('x', 1_000_000))).Length);

    private static Exception Thrown(Action action) => Record.Exception(action)!;
}
