// SPDX-License-Identifier: Apache-2.0
#include "core/intake/import.hpp"

#include <algorithm>
#include <chrono>

#include "core/store/revision.hpp"

namespace siyu {

namespace {

constexpr std::size_t rejects_shown = 5;
constexpr std::int64_t rows_between_reports = 20'000;

std::int64_t now_seconds() {
    return std::chrono::duration_cast<std::chrono::seconds>(std::chrono::system_clock::now().time_since_epoch())
        .count();
}

}  // namespace

bool ImportResult::changed() const {
    return std::any_of(batch.facts.begin(), batch.facts.end(),
                       [](const BatchFact& fact) { return fact.added + fact.replaced > 0; });
}

// What the files of one tenant share: numbers once found, statements once prepared.
struct Import::Desk {
    std::int64_t tenant;
    const Zone& zone;
    Batches batches;
    Words words;
    Blocks blocks;
    Recorder recorder;

    Desk(Database& database, std::int64_t whose, const Zone& its_zone)
        : tenant(whose),
          zone(its_zone),
          batches(database, whose),
          words(database, whose),
          blocks(database, whose),
          recorder(database, whose, zone, words, blocks) {}
    ImportResult take(FactSource& source, const ImportOrder& order);
};

Import::Import(Database& database) : database_(database) {}

Import::~Import() = default;

ImportResult Import::take(FactSource& source, const ImportOrder& order, const Zone& zone) {
    if (!desk_ || desk_->tenant != order.tenant) {
        if (transaction_)
            new_revision(database_, order.tenant);
        else
            transaction_.emplace(database_, order.tenant);
        desk_.reset();  // the next one has its statements
        desk_ = std::make_unique<Desk>(database_, order.tenant, zone);
    }
    return desk_->take(source, order);
}

void Import::commit() {
    if (transaction_) transaction_->commit();
}

ImportResult Import::Desk::take(FactSource& source, const ImportOrder& order) {
    ImportResult result;
    Batch& batch = result.batch;
    if (auto before = order.token == 0 || order.first_try ? std::nullopt : batches.find(order.token)) {
        batch = *std::move(before);
        result.first_rejects = batches.rejects(batch.number);
        result.first_rejects.resize(std::min(result.first_rejects.size(), rejects_shown));
        result.unknown_columns = source.unknown_columns();
        return result;
    }
    batch.number = batches.next_number();
    batch.token = order.token;
    batch.file = order.file;
    batch.profile = source.profile() ? source.profile()->name : std::string{};
    batch.made_at = now_seconds();
    batch.header = source.header_record();

    Intake intake(zone, order.rules, batch.number, words, blocks, recorder);
    std::int64_t good = 0;
    const auto reject = [&](const RejectedRow& row) {
        if (result.first_rejects.size() < rejects_shown) result.first_rejects.push_back(row);
        batches.add_reject(batch.number, batch.rejected++, row);
    };
    for (auto found = source.next(); found != FactSource::Found::end; found = source.next()) {
        if (found == FactSource::Found::bad) {
            const BadRow& bad = source.bad();
            reject({bad.line, source.row().fact, bad.column, bad.value, bad.reason, source.record()});
        } else if (auto fault = intake.take(source.row())) {
            const FactSource::Row& row = source.row();
            reject({row.line, row.fact, source.column_title(fault->first),
                    std::string(row.cells[static_cast<std::size_t>(fault->first)].substr(0, 200)),
                    std::move(fault->second), source.record()});
        } else {
            ++good;
        }
        if (order.progress && (good + batch.rejected) % rows_between_reports == 0)
            order.progress(source.bytes_read(), source.bytes_total(), good);
    }
    if (batch.rejected > order.limits.rows &&
        Fraction(batch.rejected) > order.limits.share * Fraction(batch.rejected + good)) {
        const RejectedRow& first = result.first_rejects.front();
        Note refusal{first.reason.id == "intake.bad.check" ? "import.unbalanced" : "import.too_many_bad",
                     {{"file", order.file},
                      {"bad", std::to_string(batch.rejected)},
                      {"total", std::to_string(batch.rejected + good)},
                      {"line", std::to_string(first.line)},
                      {"column", first.column},
                      {"value", first.value},
                      {"reason", sentence(first.reason.id)}}};
        refusal.with.insert(refusal.with.end(), first.reason.with.begin(), first.reason.with.end());
        throw Error(Error::refused, std::move(refusal));
    }
    auto facts = intake.finish();
    result.repeated = intake.repeated();
    if (order.if_it_replaces && std::ranges::any_of(facts, [](const auto& one) { return one.second.replaced > 0; }))
        throw Error(*order.if_it_replaces);
    for (const Fact fact : source.facts()) {
        auto [known, none_came] = facts.try_emplace(fact);
        if (none_came) known->second = {fact, 0, 0, 0, {latest_day, earliest_day}};
        if (kind_of(fact).when >= 0 && order.covers) known->second.covers = *order.covers;
        batch.facts.push_back(known->second);
    }
    batches.add(batch);
    result.unknown_columns = source.unknown_columns();
    result.skipped = source.skipped();
    result.summary_rows = source.summary_rows();
    result.records = source.records();
    return result;
}

ImportResult import_file(Database& database, const Zone& zone, FactSource& source, const ImportOrder& order) {
    Import import(database);
    ImportResult result = import.take(source, order, zone);
    import.commit();
    return result;
}

Batch undo_batch(Database& database, std::int64_t tenant, const Zone& zone, std::int64_t number) {
    Transaction transaction(database, tenant);
    Batches batches(database, tenant);
    const auto all = batches.list();
    const auto found =
        std::find_if(all.begin(), all.end(), [number](const Batch& batch) { return batch.number == number; });
    if (found == all.end()) throw Error(Error::wrong_use, "import.no_batch", {{"batch", std::to_string(number)}});
    if (found->undone) throw Error(Error::wrong_use, "import.undone_already", {{"batch", std::to_string(number)}});
    Words words(database, tenant);
    Blocks blocks(database, tenant);
    Recorder recorder(database, tenant, zone, words, blocks);
    for (const auto& [fact, day] : blocks.touched(number))
        recorder.day_changed(fact, day, blocks.visible(fact, day), blocks.visible(fact, day, number));
    blocks.remove(number);
    recorder.finish();
    words.flush();
    batches.mark_undone(number);
    transaction.commit();
    return *found;
}

}  // namespace siyu
