namespace EyeSlots.Storage.S3;

/// <summary>A call to S3 that is tried until it succeeds or fails for good.</summary>
/// <typeparam name="T">What it gives.</typeparam>
internal abstract class S3Call<T>
{
    /// <summary>A verb for messages, such as "read".</summary>
    public abstract string What { get; }

    /// <summary>The address for messages; asked for only when there is one.</summary>
    public abstract StorageAddress Where { get; }

    /// <summary>The bucket, whose region a refusal may name.</summary>
    public abstract string Bucket { get; }

    /// <summary>Bytes of body that it sends.</summary>
    public virtual int Sent => 0;

    /// <summary>One try.</summary>
    public abstract ValueTask<T> TryAsync(S3Attempt attempt);
}

/// <summary>A call that is a function.</summary>
internal sealed class S3FunctionCall<T>(string what, StorageAddress where, Func<S3Attempt, Task<T>> call, int sent) : S3Call<T>
{
    public override string What => what;

    public override StorageAddress Where => where;

    public override string Bucket => where.Bucket!;

    public override int Sent => sent;

    public override ValueTask<T> TryAsync(S3Attempt attempt) => new(call(attempt));
}
