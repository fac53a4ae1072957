using EyeSlots.Core;
using EyeSlots.Spark.Contract;

namespace EyeSlots.Tests.Contract;

/// <summary>What an executor says must reach the user, through all that a cluster wraps around it.</summary>
public sealed class RemoteFailureTests
{
    [Fact]
    public void Find_InsideAClustersText_GivesCodeAndMessage()
    {
        var line = RemoteFailure.Text(new(ErrorCodes.ImageChanged, "a.jpg changed.\nStart again."));
        var found = RemoteFailure.Find($"Job aborted: PythonException: EyeSlots.Executor.SliceFailedException: {line}\n ---> more\n   at X()", null)!;
        Assert.Equal((ErrorCodes.ImageChanged, "a.jpg changed. Start again."), (found.Code, found.Message));
    }

    [Theory]
    [InlineData("no mark at all")]
    [InlineData("[eyeslots:")]
    [InlineData("[eyeslots:] nothing")]
    [InlineData("[eyeslots:Not A Code] text")]
    public void Find_WithoutAMark_GivesNothing(string text) => Assert.Null(RemoteFailure.Find(text, null));
}
