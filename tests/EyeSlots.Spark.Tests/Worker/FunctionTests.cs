using System.Text.Json;
using System.Text.Json.Serialization;
using Apache.Arrow;
using EyeSlots.Spark.Worker;

namespace EyeSlots.Spark.Tests.Worker;

/// <summary>Functions by name, with parameters from JSON, and what the client is told where that fails.</summary>
public sealed partial class FunctionTests
{
    [Fact]
    public void Function_CalledByName_GetsItsParameters()
    {
        var table = new FunctionTable();
        Shift? got = null;
        Add(table, shift =>
        {
            got = shift;
            return Sample.Echo;
        });
        var talk = Conversation.Of(new Frame(41) { Command = """{"function": "shift", "parameters": {"by": 3, "name": "é"}, "later": 1}""" }.Bytes(), table.Create);
        Assert.Equal(TaskEnd.Ready, talk.End);
        Assert.Equal(new Shift(3, "é"), got);
    }

    [Theory]
    [InlineData("{}", "The command names no function")]
    [InlineData("[]", "The command names no function")]
    [InlineData("\u0080", "The command names no function")]
    [InlineData("""{"function": null}""", "The command names no function: the function has no name")]
    [InlineData("""{"function": "other"}""", "There is no function 'other'; this worker has shift.")]
    [InlineData("""{"function": "shift"}""", "The function 'shift' needs parameters.")]
    [InlineData("""{"function": "shift", "parameters": null}""", "The function 'shift' needs parameters.")]
    [InlineData("""{"function": "shift", "parameters": {"by": "x"}}""", "The parameters of the function 'shift' cannot be read: ")]
    public void Function_CalledWrongly_TellsTheClient(string command, string error)
    {
        var table = new FunctionTable();
        Add(table, _ => Sample.Echo);
        var talk = Conversation.Of(new Frame(43) { Command = command }.Bytes(), table.Create);
        Assert.Equal(TaskEnd.Failed, talk.End);
        Assert.StartsWith("EyeSlots.Spark.Worker.FunctionCallException: " + error, Reply.Read(talk.Reply, 43).Error);
    }

    [Fact]
    public void Host_WithTwoFunctionsOfAName_IsRefused()
    {
        var host = WorkerHost.Create().Add<Nothing>("a");
        Assert.Contains("'a'", Assert.Throws<ArgumentException>(() => host.Add<Nothing>("a")).Message);
        Assert.Throws<ArgumentException>(() => host.Add<Nothing>(" "));
    }

    [Fact]
    public void Function_ThatIsDisposable_IsDisposedOfAfterFailureToo()
    {
        var nothing = new Nothing();
        var talk = Conversation.Of(new Frame(40).Bytes(), _ => nothing);
        Assert.Equal((TaskEnd.Failed, true), (talk.End, nothing.IsDisposed));
    }

    [Fact]
    public void Function_ThatStopsEarly_LeavesTheRestToTheHost()
    {
        byte[] bytes = [.. new Frame(40).Header(), .. Frame.Input(1, 2, 3), .. Frame.Int32(-4)];
        var talk = Conversation.Of(bytes, _ => new Sample((_, _, _) => AsyncEnumerable.Empty<RecordBatch>()));
        Assert.Equal((TaskEnd.Ready, bytes.Length), (talk.End, (int)talk.Read));
    }

    [Fact]
    public void Function_ThatSwallowsDamagedInput_FailsAllTheSame()
    {
        var input = Frame.Input(1, 2);
        byte[] bytes = [.. new Frame(40).Header(), .. input[..(input.Length - 8)], 1, 2, 3, 4, 5, 6, 7, 8, .. Frame.Int32(-4)];
        var talk = Conversation.Of(bytes, _ => new Sample((batches, _, _) => Swallow(batches)));
        Assert.Equal(TaskEnd.Failed, talk.End);
        Assert.StartsWith("EyeSlots.Spark.Worker.Protocol.WireFormatException: An Arrow message does not begin with its continuation mark.", Reply.Read(talk.Reply, 40).Error);
    }

    private static void Add(FunctionTable table, Func<Shift, IArrowFunction> create) =>
        table.Add("shift", json => create(FunctionCall.ReadParameters("shift", json, ShiftJson.Default.Shift)));

    private static async IAsyncEnumerable<RecordBatch> Swallow(IAsyncEnumerable<RecordBatch> batches)
    {
        try
        {
            await foreach (var _ in batches)
            {
            }
        }
        catch (Exception)
        {
            // As a function with a careless catch would.
        }

        yield break;
    }

    internal sealed record Shift(int By, string Name);

    [JsonSerializable(typeof(Shift))]
    [JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
    internal sealed partial class ShiftJson : JsonSerializerContext;

    private sealed class Nothing : IArrowFunction, IDisposable
    {
        internal bool IsDisposed { get; private set; }

        public Schema GetOutputSchema(Schema input) => input;

        public IAsyncEnumerable<RecordBatch> RunAsync(IAsyncEnumerable<RecordBatch> input, TaskContext context, CancellationToken cancellation) =>
            throw new NotSupportedException();

        public void Dispose() => IsDisposed = true;
    }
}
