using System.Text.Json;
using EyeSlots.Core;
using EyeSlots.Core.Planning;
using EyeSlots.Spark.Contract;

namespace EyeSlots.Tests.Contract;

/// <summary>What driver and executors say to each other comes from one place, and a side of another release is told as such.</summary>
public sealed class ContractTests
{
    private static readonly ShardResult Result = new()
    {
        Fingerprint = new('a', 64), List = "train", Faces = 3, Rows = 2, Rejected = 1, RejectedByCode = new Dictionary<string, int> { ["image-missing"] = 1 },
        Bytes = 9, Sha256 = new('b', 64), FaceKeysSha256 = new('c', 64), BytesRead = 1L << 40, BytesThere = 1L << 41,
    };

    [Fact]
    public void Rows_OfSlices_GiveTheirPartsBack()
    {
        using var rows = ShardFunction.Rows("plans/1.0.slices", [(0, 7), (1L << 33, int.MaxValue)]);
        Assert.Equal(new SlicePart("plans/1.0.slices", 0, 7), ShardFunction.PartOf(rows, 0));
        Assert.Equal(new SlicePart("plans/1.0.slices", 1L << 33, int.MaxValue), ShardFunction.PartOf(rows, 1));
        Assert.Equal(ShardFunction.Input, rows.Schema);
    }

    [Fact]
    public void Answer_OfAResult_GivesItBackWithTheBytesRead()
    {
        using var answer = ShardFunction.Answer(Result);
        var read = ShardFunction.ResultOf(name => Value(answer.Column(name)));
        Assert.Equal(Result with { RejectedByCode = read.RejectedByCode }, read);
        Assert.Equal(Result.RejectedByCode, read.RejectedByCode);
        Assert.Equal(ShardFunction.Output, answer.Schema);
    }

    [Fact]
    public void Unready_OfAPart_TellsWhereItBegins_AndAResultIsNone()
    {
        using var unready = ShardFunction.Unready(new("plans/1.0.slices", 1L << 33, 7));
        using var answer = ShardFunction.Answer(Result);
        Assert.Equal(1L << 33, ShardFunction.UnreadyOf(name => Value(unready.Column(name))));
        Assert.Null(ShardFunction.UnreadyOf(name => Value(answer.Column(name))));
        Assert.Equal(ShardFunction.Output, unready.Schema);
    }

    [Fact]
    public void Rows_OfChecks_GiveTheAnswersBack()
    {
        var asked = new ProbeAnswer("host", 17, new("openssl", true, "3.0"), DateTimeOffset.FromUnixTimeMilliseconds(1_700_000_000_123));
        using var rows = ProbeFunction.Rows([asked]);
        Assert.Equal(asked, ProbeFunction.AnswerOf(name => Value(rows.Column(name))));
    }

    [Fact]
    public void Require_AnotherVersion_IsAFailureThatTheDriverUnderstands()
    {
        ContractVersion.Require(ContractVersion.Current);
        var failure = Assert.Throws<RemoteException>(() => ContractVersion.Require(ContractVersion.Current - 1));
        var found = RemoteFailure.Find($"Traceback:\n  {failure.Message}\n at line 1", null);
        Assert.Equal(ErrorCodes.SparkFailed, found?.Code);
        Assert.Contains("of one release", found?.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"images":"a","output":"b","parameters":{}}""")]
    [InlineData("""{"contract":2,"images":"a","output":"b","parameters":{},"later":1}""")]
    public void Job_OfARelease_ThatKnowsLessOrMore_IsRefused(string json) =>
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize(json, RemoteJson.Default.RemoteJob));

    [Fact]
    public void Job_OfThisRelease_NamesItsContract()
    {
        var json = JsonSerializer.Serialize(new RemoteJob { Images = "a", Output = "b", Parameters = new() }, RemoteJson.Default.RemoteJob);
        Assert.Equal(ContractVersion.Current, JsonSerializer.Deserialize(json, RemoteJson.Default.RemoteJob)!.Contract);
        Assert.Contains("\"contract\":", json, StringComparison.Ordinal);
    }

    private static object? Value(Apache.Arrow.IArrowArray column) => column switch
    {
        Apache.Arrow.StringArray texts => texts.GetString(0),
        Apache.Arrow.Int64Array numbers => numbers.GetValue(0),
        Apache.Arrow.BooleanArray flags => flags.GetValue(0),
        _ => throw new InvalidOperationException(column.GetType().Name),
    };
}
