using System.Buffers;
using EyeSlots.Core.Annotations;
using EyeSlots.Core.Geometry;
using EyeSlots.Core.Planning;
using EyeSlots.Core.Shards;
using EyeSlots.Preprocessing.Jobs;
using EyeSlots.Tests.Shards;
using EyeSlots.Tests.Tools;

namespace EyeSlots.Tests.Jobs;

/// <summary>Workers that help each other: each face is cut once, each shard is laid out once, and its bytes do not tell who cut what.</summary>
public sealed class SharedShardsTests
{
    private const int ShareFaces = 5;
    private readonly JobParameters parameters = new() { Format = SlotFormat.Raw };
    private readonly SpareRooms rooms = new();

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, LongRun.Count(20, 2000))];

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task Shares_WorkersInAnyOrder_GiveTheShardsOfOneWorker(int seed)
    {
        var random = new Random(seed);
        Slice[] slices = [.. Enumerable.Range(0, random.Next(1, 5)).Select(at => MadeShard.Slice(random.Next(1, 40), new((char)('a' + at), 64)))];
        var alone = await RunAsync(slices, 1, random);
        var together = await RunAsync(slices, random.Next(2, 6), random);
        Assert.Equal(slices.Select(slice => slice.Fingerprint), alone.Keys);
        Assert.Equal(alone, together);
    }

    [Fact]
    public void Shares_FacesOfOneImage_StayTogether()
    {
        var slice = MadeShard.Slice(60);
        slice = slice with { Faces = [.. slice.Faces.Select((face, at) => face with { Image = new($"{at / 7}.jpg", 1, "1") })] };
        using var shards = Shared(slice);
        var shares = shards.Shares(Begin).ToList();
        Assert.Equal([7, 7, 7, 7, 7, 7, 7, 7, 4], shares.Select(share => share.Slice.Faces.Count));
        Assert.Equal(slice.Faces, shares.SelectMany(share => share.Slice.Faces));
    }

    [Fact]
    public void Shares_NoSliceIsLeft_AreOfTheShardOfWhichMostIsLeft()
    {
        var (few, many) = (MadeShard.Slice(2 * ShareFaces), MadeShard.Slice(4 * ShareFaces, new('b', 64)));
        using var shards = Shared(few, many);
        using var first = shards.Shares(Begin).GetEnumerator();
        using var second = shards.Shares(Begin).GetEnumerator();
        using var third = shards.Shares(Begin).GetEnumerator();
        Assert.True(first.MoveNext() && second.MoveNext() && third.MoveNext());
        Assert.Equal(few.Fingerprint, first.Current.Slice.Fingerprint);
        Assert.Equal(many.Fingerprint, second.Current.Slice.Fingerprint);
        Assert.Equal(many.Faces[ShareFaces], third.Current.Slice.Faces[0]);
    }

    /// <summary>Workers take shares and cut them in an order that chance decides.</summary>
    private async Task<SortedDictionary<string, string>> RunAsync(Slice[] slices, int workers, Random random)
    {
        using var shards = Shared(slices);
        List<IEnumerator<FaceShare>> working = [.. Enumerable.Range(0, workers).Select(_ => shards.Shares(Begin).GetEnumerator())];
        var (made, underWay) = (new SortedDictionary<string, string>(StringComparer.Ordinal), new Dictionary<IEnumerator<FaceShare>, FaceShare>());
        while (working.Count > 0)
        {
            var worker = working[random.Next(working.Count)];
            if (underWay.Remove(worker, out var share))
            {
                Cut(share);
                if (!share.Shard.Finish(share)) continue;
                var shard = await share.Shard.LayOutAsync(CancellationToken.None);
                made.Add(shard.Files.Result.Fingerprint, Told(shard.Files));
                rooms.Add(shard.Room);
            }
            else if (worker.MoveNext())
            {
                underWay.Add(worker, worker.Current);
            }
            else
            {
                working.Remove(worker);
            }
        }

        return made;
    }

    private static void Cut(FaceShare share)
    {
        for (var place = 0; place < share.Slice.Faces.Count; place++)
        {
            var face = share.Slice.Faces[place];
            var number = (3 * face.Key.FaceIndex) + face.Key.ImagePath.Length + face.Key.ImagePath.Sum(letter => letter);
            share.Read(number, 2 * number);
            share.Slot.Write(Enumerable.Repeat((byte)number, number % 100).ToArray());
            if (number % 5 == 2) share.Reject(place, new(RejectCode.SlotOutside, $"Reason {number}."));
            else share.Add(place, new(null, new EyeSlot(number, 2, 1, 1, Direction.Right), 1, 5, 7, 400, 300));
        }
    }

    private static string Told(ShardFiles files) =>
        $"{files.Result.Sha256} {files.Result.QuarantineSha256} {files.Result.Rows} {files.Result.BytesRead} {files.Result.BytesThere}";

    private static SharedShards Shared(params Slice[] slices) => new(slices.Select(slice => new Lazy<Slice>(() => slice)));

    private SharedShard Begin(Lazy<Slice> slice) => new(slice, ShareFaces, whole => new(whole, parameters, 512L << 20, rooms));
}
