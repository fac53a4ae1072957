using EyeSlots.Spark.Connect;
using EyeSlots.Spark.Connect.Transport;
using Grpc.Core;

namespace EyeSlots.Spark.Tests.Connect;

public class RetriesTests
{
    private static readonly SparkSessionOptions Quick = new() { FirstRetryDelay = TimeSpan.FromMilliseconds(1), MaxRetryDelay = TimeSpan.FromMilliseconds(2) };

    [Fact]
    public void Delay_GrowsFourfoldUpToAMinute()
    {
        var delays = Enumerable.Range(0, 14).Select(attempt => Retries.Delay(new(), attempt, null)!.Value.TotalSeconds);
        Assert.Equal([.05, .2, .8, 3.2, 12.8, 51.2, 60, 60, 60, 60, 60, 60, 60, 60], delays);
    }

    [Fact]
    public void Delay_ThatTheServerAsksFor_IsKeptWhenLonger()
    {
        Assert.Equal(TimeSpan.FromSeconds(7), Retries.Delay(new(), 0, TimeSpan.FromSeconds(7)));
        Assert.Equal(TimeSpan.FromSeconds(60), Retries.Delay(new(), 9, TimeSpan.FromSeconds(7)));
    }

    [Theory]
    [InlineData(StatusCode.Unavailable, "", 15)]
    [InlineData(StatusCode.Internal, "[INVALID_CURSOR.DISCONNECTED] The cursor is invalid.", 15)]
    [InlineData(StatusCode.Internal, "[TABLE_OR_VIEW_NOT_FOUND]", 1)]
    [InlineData(StatusCode.Unauthenticated, "", 1)]
    [InlineData(StatusCode.DeadlineExceeded, "", 1)]
    public async Task Run_OfACallThatFails_TriesAgainOnlyWhatMayPass(StatusCode code, string detail, int tries)
    {
        var calls = 0;
        await Assert.ThrowsAsync<RpcException>(async () => await new Retries(Quick).RunAsync<int>(_ => throw Failure(), default));
        Assert.Equal(tries, calls);

        RpcException Failure()
        {
            calls++;
            return new(new(code, detail));
        }
    }

    [Fact]
    public async Task Run_OfABrokenConnection_TriesAgain()
    {
        var calls = 0;
        var result = await new Retries(Quick).RunAsync(
            _ => ++calls < 3 ? throw new RpcException(new(StatusCode.Internal, "", new IOException())) : new ValueTask<int>(calls), default);
        Assert.Equal(3, result);
    }

    [Fact]
    public async Task Run_WithOneTry_TriesOnce()
    {
        var calls = 0;
        await Assert.ThrowsAsync<RpcException>(async () => await new Retries(Quick with { MaxTries = 1 }).RunAsync<int>(
            _ => throw new RpcException(new(StatusCode.Unavailable, $"{++calls}")), default));
        Assert.Equal(1, calls);
    }
}
